package dev.javelin.kernels.host;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.Format;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Lowering;
import dev.javelin.api.MemoryUse;
import dev.javelin.api.Op;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Value;
import dev.javelin.api.WeightSource;
import dev.javelin.api.Weights;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A device that works in host memory, complete but for the arithmetic, which is the engine's. Runs are carried out on the
 * caller's thread, one at a time for the whole device. The opener closes it; that closes the engine too.
 *
 * @param <W> a weight in the form that the engine's kernels read
 */
public final class HostDevice<W> implements Device {
    private final HostEngine<W> engine;
    private final Openings openings;

    /** Takes the engine over: it is closed with the device. */
    public HostDevice(HostEngine<W> engine) {
        this.engine = engine;
        this.openings = new Openings(engine.info().id(), engine.info().memoryTotal());
    }

    @Override
    public DeviceInfo info() {
        return engine.info();
    }

    @Override
    public boolean supports(Op op) {
        return engine.supports(op);
    }

    @Override
    public Format activation(Op op, Precision precision) {
        return engine.activation(op, precision);
    }

    @Override
    public Weights place(Collection<Program> programs, WeightSource source, LoadListener listener) {
        openings.requireOpen();
        List<Program> lowered = programs.stream().map(this::lower).toList();
        Map<String, Value> weights = Program.weights(lowered);
        Map<String, Set<WeightUse>> uses = WeightUse.of(lowered);
        return new HostWeights<>(openings, engine, weights, uses, source, listener, placedBytes(weights, uses));
    }

    @Override
    public StateStore openStates(StateSpec spec) {
        return new HostStates(openings, spec);
    }

    @Override
    public Buffer openBuffer(long bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("a buffer needs at least one byte: bytes=" + bytes);
        }
        return new HostBuffer(openings, bytes);
    }

    @Override
    public Plan prepare(PlanSpec spec, Bindings bindings) {
        openings.requireOpen();
        Program lowered = lower(spec.program());
        bindings.check(spec.program(), spec.limits());
        own("feedback", bindings.feedback());
        bindings.buffers().forEach(this::own);
        own("states", bindings.states());
        own("weights", bindings.weights());
        if (bindings.weights() instanceof HostWeights<?> weights) {
            weights.requireUses(lowered, WeightUse.of(List.of(lowered)));
        }
        return new HostPlan<>(openings, engine, spec, lowered, bindings, HostPlan.bytes(engine, spec, lowered));
    }

    @Override
    public long weightBytes(Collection<Program> programs) {
        List<Program> lowered = programs.stream().map(this::lower).toList();
        return placedBytes(Program.weights(lowered), WeightUse.of(lowered));
    }

    @Override
    public long stateBytes(StateSpec spec) {
        return spec.bytes();
    }

    @Override
    public long planBytes(PlanSpec spec) {
        return HostPlan.bytes(engine, spec, lower(spec.program()));
    }

    @Override
    public MemoryUse memoryUse() {
        return openings.use();
    }

    @Override
    public void close() {
        openings.exclusively(() -> openings.closeAll(engine::close));
    }

    private Program lower(Program program) {
        return Lowering.lower(program, engine.fusions(), engine::supports, info().id());
    }

    private long placedBytes(Map<String, Value> weights, Map<String, Set<WeightUse>> uses) {
        return weights.values().stream()
                .mapToLong(weight -> engine.placedBytes(weight, uses.getOrDefault(weight.name(), Set.of())))
                .reduce(0, HostBytes::sum);
    }

    private void own(String what, @Nullable Object bound) {
        if (bound != null) {
            if (!(bound instanceof Opening opening && opening.belongsTo(openings))) {
                throw new IllegalArgumentException(
                        "only what this device opened can be bound: what=%s, device=%s".formatted(what, info().id()));
            }
            opening.requireOpen();
        }
    }
}
