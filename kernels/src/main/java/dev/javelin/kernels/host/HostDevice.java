package dev.javelin.kernels.host;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Format;
import dev.javelin.api.Fusion;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Op;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Value;
import dev.javelin.api.WeightSource;
import dev.javelin.kernels.device.AbstractDevice;
import dev.javelin.kernels.device.PlacedWeights;
import dev.javelin.kernels.device.WeightUse;
import dev.javelin.kernels.device.WeightUses;
import java.util.List;
import java.util.Set;

/**
 * A device that works in host memory, complete but for the arithmetic, which is the engine's. Runs are carried out on the
 * caller's thread, one at a time for the whole device. The opener closes it; that closes the engine too.
 *
 * @param <W> a weight in the form that the engine's kernels read
 */
public final class HostDevice<W> extends AbstractDevice {
    private final HostEngine<W> engine;

    /** Takes the engine over: it is closed with the device. */
    public HostDevice(HostEngine<W> engine) {
        super(engine.info());
        this.engine = engine;
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
    public StateStore openStates(StateSpec spec) {
        return new HostStates(openings(), spec);
    }

    @Override
    protected List<Fusion> fusions() {
        return engine.fusions();
    }

    @Override
    protected long placedBytes(Value weight, Set<WeightUse> uses) {
        return engine.placedBytes(weight, uses);
    }

    @Override
    protected PlacedWeights place(WeightUses uses, WeightSource source, LoadListener listener, long bytes) {
        return new HostWeights<>(openings(), engine, uses, source, listener, bytes);
    }

    @Override
    protected Buffer takeBuffer(long bytes) {
        return new HostBuffer(openings(), bytes);
    }

    @Override
    protected Plan prepare(PlanSpec spec, Program lowered, Bindings bindings) {
        return new HostPlan<>(openings(), engine, spec, lowered, bindings, planBytes(spec, lowered));
    }

    @Override
    protected long planBytes(PlanSpec spec, Program lowered) {
        return HostPlan.bytes(engine, spec, lowered);
    }

    @Override
    protected void end() {
        engine.close();
    }
}
