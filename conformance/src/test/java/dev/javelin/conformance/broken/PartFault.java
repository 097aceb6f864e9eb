package dev.javelin.conformance.broken;

import dev.javelin.api.FusedOp;
import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.Tensor;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.util.Optional;

/**
 * A fused operation does one of its parts wrong.
 *
 * @param part component of the fused operation
 * @param inner fault of the part
 */
record PartFault(Component part, Fault inner) implements Fault {

    @Override
    public String name() {
        return part.name() + ": " + inner.name();
    }

    @Override
    public Class<? extends Op> op() {
        return part.op();
    }

    @Override
    public boolean concerns(Op op, Limits limits) {
        return part(op).filter(found -> inner.concerns(found, limits)).isPresent();
    }

    private Optional<Op> part(Op op) {
        return part.op().isInstance(op) ? part.in(op).map(Op.class::cast) : Optional.empty();
    }

    @Override
    public Kernel compile(Op op, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        Op wrong = part(op).orElseThrow();
        return new FusedKernel(
                (FusedOp) op,
                memory,
                right,
                (each, its) -> each.equals(wrong)
                        ? inner.compile(each, its, right)
                        : right.compile(each, its, Precision.EXACT));
    }
}
