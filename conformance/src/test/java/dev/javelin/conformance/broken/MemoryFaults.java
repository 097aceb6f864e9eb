package dev.javelin.conformance.broken;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.DeviceMemoryException;
import dev.javelin.api.MemoryUse;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Program;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** What can be wrong about counting memory and about there not being enough. */
final class MemoryFaults {

    private MemoryFaults() {}

    static List<DeviceFault> all() {
        return List.of(
                fault("MatMul", "a plan takes more than was announced", () -> new RelayDevice() {
                    @Override
                    public long planBytes(PlanSpec spec) {
                        return super.planBytes(spec) - 1;
                    }
                }),
                fault("Attention", "states take more than was announced", () -> new RelayDevice() {
                    @Override
                    public long stateBytes(StateSpec spec) {
                        return super.stateBytes(spec) - 1;
                    }
                }),
                fault("MatMul", "weights are not announced as they are taken", () -> new RelayDevice() {
                    @Override
                    public long weightBytes(Collection<Program> programs) {
                        return super.weightBytes(programs) + 1;
                    }
                }),
                fault("life cycle", "nothing is counted", () -> new RelayDevice() {
                    @Override
                    public MemoryUse memoryUse() {
                        return new MemoryUse(0, 0, 0, 0, 0);
                    }
                }),
                fault("life cycle", "states are not counted", () -> new RelayDevice() {
                    @Override
                    public MemoryUse memoryUse() {
                        MemoryUse use = super.memoryUse();
                        return new MemoryUse(use.weights(), 0, use.buffers(), use.plans(), use.open());
                    }
                }),
                fault("memory", "too large a buffer ends with another exception", () -> new RelayDevice() {
                    @Override
                    public Buffer openBuffer(long bytes) {
                        try {
                            return super.openBuffer(bytes);
                        } catch (DeviceMemoryException no) {
                            throw new IllegalArgumentException(no);
                        }
                    }
                }),
                fault("memory", "too large a buffer ends with an error that says nothing", () -> new RelayDevice() {
                    @Override
                    public Buffer openBuffer(long bytes) {
                        try {
                            return super.openBuffer(bytes);
                        } catch (DeviceMemoryException no) {
                            throw new DeviceMemoryException(info().id(), "buffer", 0, 0);
                        }
                    }
                }),
                fault("memory", "too large a buffer leaves something open", () -> new RelayDevice() {
                    @Override
                    public Buffer openBuffer(long bytes) {
                        try {
                            return super.openBuffer(bytes);
                        } catch (DeviceMemoryException no) {
                            super.openBuffer(1);
                            throw no;
                        }
                    }
                }),
                fault("memory", "too large states leave something open", () -> new RelayDevice() {
                    @Override
                    public StateStore openStates(StateSpec spec) {
                        try {
                            return super.openStates(spec);
                        } catch (DeviceMemoryException no) {
                            super.openBuffer(1);
                            throw no;
                        }
                    }
                }),
                fault("memory", "too large a plan leaves something open", () -> new RelayDevice() {
                    @Override
                    public Plan prepare(PlanSpec spec, Bindings bindings) {
                        try {
                            return super.prepare(spec, bindings);
                        } catch (DeviceMemoryException no) {
                            super.openBuffer(1);
                            throw no;
                        }
                    }
                }));
    }

    private static DeviceFault fault(String where, String name, Supplier<RelayDevice> wrong) {
        return new DeviceFault(where, name, wrong::get);
    }
}
