package dev.javelin.conformance.broken;

import dev.javelin.api.FusedOp;
import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Tensor;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.util.Optional;

/** A fused operation leaves out one of its norms: what the norm reads goes on as it is. */
record SkippedPart(Component part) implements Fault {

    @Override
    public String name() {
        return part.name() + " ignored";
    }

    @Override
    public Class<? extends Op> op() {
        return part.op();
    }

    @Override
    public boolean concerns(Op op, Limits limits) {
        return norm(op).isPresent();
    }

    private Optional<RmsNorm> norm(Op op) {
        return part.op().isInstance(op)
                ? part.in(op).filter(RmsNorm.class::isInstance).map(RmsNorm.class::cast)
                : Optional.empty();
    }

    @Override
    public Kernel compile(Op op, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        RmsNorm skipped = norm(op).orElseThrow();
        return new FusedKernel(
                (FusedOp) op,
                memory,
                right,
                (each, its) -> each.equals(skipped)
                        ? step -> its.of(skipped.out()).copyFrom(its.of(skipped.x()))
                        : right.compile(each, its, Precision.EXACT));
    }
}
