package dev.javelin.conformance.broken;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.Format;
import dev.javelin.api.LoadListener;
import dev.javelin.api.MemoryUse;
import dev.javelin.api.Op;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.WeightSource;
import dev.javelin.api.Weights;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Hands everything on to another device. Subclasses do one thing otherwise. */
class RelayDevice implements Device {

    final Device right;

    RelayDevice(Device right) {
        this.right = right;
    }

    /** Over the reference's arithmetic. */
    RelayDevice() {
        this(FaultyEngine.sound(false));
    }

    Buffer relay(Buffer opened) {
        return new RelayBuffer(opened);
    }

    StateStore relay(StateStore opened) {
        return new RelayStates(opened);
    }

    Weights relay(Weights opened) {
        return new RelayWeights(opened);
    }

    /** @param bindings as the caller gave them */
    Plan relay(Plan opened, Bindings bindings) {
        return new RelayPlan(opened);
    }

    @Override
    public DeviceInfo info() {
        return right.info();
    }

    @Override
    public boolean supports(Op op) {
        return right.supports(op);
    }

    @Override
    public Format activation(Op op, Precision precision) {
        return right.activation(op, precision);
    }

    @Override
    public Weights place(Collection<Program> programs, WeightSource source, LoadListener listener) {
        return relay(right.place(programs, source, listener));
    }

    @Override
    public StateStore openStates(StateSpec spec) {
        return relay(right.openStates(spec));
    }

    @Override
    public Buffer openBuffer(long bytes) {
        return relay(right.openBuffer(bytes));
    }

    @Override
    public Plan prepare(PlanSpec spec, Bindings bindings) {
        return relay(right.prepare(spec, behind(bindings)), bindings);
    }

    /** What the other device knows them by. */
    static Bindings behind(Bindings bindings) {
        Map<String, Buffer> buffers = new HashMap<>();
        bindings.buffers().forEach((name, buffer) -> buffers.put(name, behind(buffer)));
        Buffer feedback = bindings.feedback();
        return new Bindings(
                bindings.weights() instanceof RelayWeights relay ? relay.right : bindings.weights(),
                bindings.states() instanceof RelayStates relay ? relay.right : bindings.states(),
                buffers,
                feedback == null ? null : behind(feedback));
    }

    static Buffer behind(Buffer buffer) {
        return buffer instanceof RelayBuffer relay ? relay.right : buffer;
    }

    @Override
    public long weightBytes(Collection<Program> programs) {
        return right.weightBytes(programs);
    }

    @Override
    public long stateBytes(StateSpec spec) {
        return right.stateBytes(spec);
    }

    @Override
    public long planBytes(PlanSpec spec) {
        return right.planBytes(spec);
    }

    @Override
    public MemoryUse memoryUse() {
        return right.memoryUse();
    }

    @Override
    public void close() {
        right.close();
    }
}
