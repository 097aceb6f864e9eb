package dev.javelin.conformance.broken;

import dev.javelin.api.Bindings;
import dev.javelin.api.Format;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Op;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.SoftCap;
import dev.javelin.api.UnsupportedOpException;
import dev.javelin.api.WeightSource;
import dev.javelin.api.Weights;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What can be wrong about saying what a device can do. */
final class SupportFaults {

    private SupportFaults() {}

    static List<DeviceFault> all() {
        return List.of(
                new DeviceFault("SoftCap", "claims to support what it refuses", () -> new Lacking() {
                    @Override
                    public boolean supports(Op op) {
                        return true;
                    }
                }),
                new DeviceFault("SoftCap", "does not claim to support what it carries out", () -> new RelayDevice() {
                    @Override
                    public boolean supports(Op op) {
                        return !(op instanceof SoftCap);
                    }
                }),
                new DeviceFault("SoftCap", "refuses only when a plan is prepared", () -> new Lacking() {
                    @Override
                    public Weights place(Collection<Program> programs, WeightSource source, LoadListener listener) {
                        return relay(right.place(programs, source, listener));
                    }
                }),
                new DeviceFault("SoftCap", "refuses with another exception", () -> new Lacking() {
                    @Override
                    RuntimeException refusal(Op op) {
                        return new IllegalStateException("unsupported: " + op.summary());
                    }
                }),
                new DeviceFault("SoftCap", "refuses without saying who", () -> new Lacking() {
                    @Override
                    RuntimeException refusal(Op op) {
                        return new UnsupportedOpException(op, "a device");
                    }
                }),
                new DeviceFault("SoftCap", "leaves something open when it refuses", () -> new Lacking() {
                    @Override
                    RuntimeException refusal(Op op) {
                        openBuffer(1);
                        return super.refusal(op);
                    }
                }),
                new DeviceFault("SoftCap", "changes its mind about what it supports", () -> new Lacking() {
                    private final AtomicInteger asked = new AtomicInteger();

                    @Override
                    public boolean supports(Op op) {
                        return super.supports(op) || asked.incrementAndGet() % 2 == 0;
                    }
                }),
                new DeviceFault("MatMul", "declares that it rounds where it must be exact", () -> new RelayDevice() {
                    @Override
                    public Format activation(Op op, Precision precision) {
                        return Format.F16;
                    }
                }));
    }

    /** A device that honestly lacks one operation. */
    static class Lacking extends RelayDevice {

        RuntimeException refusal(Op op) {
            return new UnsupportedOpException(op, info().id());
        }

        private void require(Program program) {
            for (Op op : program.ops()) {
                if (op instanceof SoftCap) {
                    throw refusal(op);
                }
            }
        }

        @Override
        public boolean supports(Op op) {
            return !(op instanceof SoftCap) && super.supports(op);
        }

        @Override
        public Weights place(Collection<Program> programs, WeightSource source, LoadListener listener) {
            programs.forEach(this::require);
            return super.place(programs, source, listener);
        }

        @Override
        public Plan prepare(PlanSpec spec, Bindings bindings) {
            require(spec.program());
            return super.prepare(spec, bindings);
        }
    }
}
