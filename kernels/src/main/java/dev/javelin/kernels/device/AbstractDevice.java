package dev.javelin.kernels.device;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.Fusion;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Lowering;
import dev.javelin.api.MemoryUse;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Program;
import dev.javelin.api.StateSpec;
import dev.javelin.api.Value;
import dev.javelin.api.WeightSource;
import dev.javelin.api.Weights;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What all devices do alike: lower programs, refuse what does not belong together, count what is open. The opener closes it; that
 * ends what is beneath it too.
 */
public abstract class AbstractDevice implements Device {
    private final DeviceInfo info;
    private final Openings openings;

    /** Nothing open yet. */
    protected AbstractDevice(DeviceInfo info) {
        this.info = info;
        this.openings = new Openings(info.id(), info.memoryTotal());
    }

    /** See {@link Lowering}. */
    protected abstract List<Fusion> fusions();

    /** Bytes that a weight for these uses takes. */
    protected abstract long placedBytes(Value weight, Set<WeightUse> uses);

    /** Places weights, which take so many bytes. */
    protected abstract PlacedWeights place(WeightUses uses, WeightSource source, LoadListener listener, long bytes);

    /** Takes memory for a positive number of bytes. */
    protected abstract Buffer takeBuffer(long bytes);

    /** Prepares a program as the device runs it, with bindings that were checked. */
    protected abstract Plan prepare(PlanSpec spec, Program lowered, Bindings bindings);

    /** Bytes that a plan for a program as the device runs it will take. */
    protected abstract long planBytes(PlanSpec spec, Program lowered);

    /** Ends what is beneath the device, after all that was open on it. */
    protected abstract void end();

    /** All that is open on this device. */
    protected final Openings openings() {
        return openings;
    }

    @Override
    public final DeviceInfo info() {
        return info;
    }

    @Override
    public final Weights place(Collection<Program> programs, WeightSource source, LoadListener listener) {
        openings.requireOpen();
        WeightUses uses = uses(programs);
        return place(uses, source, listener, uses.bytes(this::placedBytes));
    }

    @Override
    public final Buffer openBuffer(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("a buffer needs at least one byte: bytes=" + bytes);
        }
        return takeBuffer(bytes);
    }

    @Override
    public final Plan prepare(PlanSpec spec, Bindings bindings) {
        openings.requireOpen();
        Program lowered = lower(spec.program());
        bindings.check(spec.program(), spec.limits());
        openings.requireOwn("feedback", bindings.feedback());
        bindings.buffers().forEach(openings::requireOwn);
        openings.requireOwn("states", bindings.states());
        openings.requireOwn("weights", bindings.weights());
        if (bindings.weights() instanceof PlacedWeights weights) {
            weights.uses().require(lowered);
        }
        return prepare(spec, lowered, bindings);
    }

    @Override
    public final long weightBytes(Collection<Program> programs) {
        return uses(programs).bytes(this::placedBytes);
    }

    @Override
    public long stateBytes(StateSpec spec) {
        return spec.bytes();
    }

    @Override
    public final long planBytes(PlanSpec spec) {
        return planBytes(spec, lower(spec.program()));
    }

    @Override
    public final MemoryUse memoryUse() {
        return openings.use();
    }

    @Override
    public final void close() {
        openings.exclusively(() -> openings.closeAll(this::end));
    }

    private WeightUses uses(Collection<Program> programs) {
        return WeightUses.of(programs.stream().map(this::lower).toList());
    }

    private Program lower(Program program) {
        return Lowering.lower(program, fusions(), this::supports, info.id());
    }
}
