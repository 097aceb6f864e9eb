package dev.javelin.kernels.host;

import dev.javelin.api.DeviceInfo;
import dev.javelin.api.Format;
import dev.javelin.api.Fusion;
import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.kernels.device.WeightUse;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;

/** Reports progress as it likes: nothing of the first weight, too much of the others, and some backwards. */
final class CarelessEngine implements HostEngine<MemorySegment> {
    private final ToyEngine engine;

    CarelessEngine(ToyEngine engine) {
        this.engine = engine;
    }

    @Override
    public MemorySegment place(Tensor tensor, Set<WeightUse> uses, Placing placing) {
        if (!tensor.name().equals("a")) {
            placing.advance(Long.MAX_VALUE);
            placing.advance(Long.MAX_VALUE);
            placing.advance(-5);
        }
        return placing.allocate(1);
    }

    @Override
    public DeviceInfo info() {
        return engine.info();
    }

    @Override
    public List<Fusion> fusions() {
        return engine.fusions();
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
    public long placedBytes(Value weight, Set<WeightUse> uses) {
        return engine.placedBytes(weight, uses);
    }

    @Override
    public boolean retainsSource(MemorySegment weight) {
        return false;
    }

    @Override
    public long scratchBytes(Op op, Limits limits) {
        return 0;
    }

    @Override
    public Kernel compile(Op op, PlanMemory<MemorySegment> memory, Precision precision) {
        return engine.compile(op, memory, precision);
    }

    @Override
    public void close() {
        engine.close();
    }
}
