package dev.javelin.conformance.broken;

import dev.javelin.api.Format;
import dev.javelin.api.FusedOp;
import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.Tensor;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;

/** One thing that an engine does wrong. Immutable; one fault serves any number of plans. */
interface Fault {

    /** What is wrong, such as {@code RmsNorm.eps times 2}. */
    String name();

    /** The kind of operation that comes out wrong. */
    Class<? extends Op> op();

    /** Whether it takes a device with kernels for fused operations. */
    default boolean fused() {
        return FusedOp.class.isAssignableFrom(op());
    }

    /** The cases to look at first: those of the operation, unless it takes others to see the difference. */
    default String family() {
        return op().getSimpleName();
    }

    /**
     * Whether the operation may come out wrong in a plan with these limits. A device with this fault is right about programs
     * without such operations.
     */
    boolean concerns(Op op, Limits limits);

    /** To what the device says that it rounds; most faults are about devices that do not round at all. */
    default Format activation(Op op, Precision precision) {
        return Format.F32;
    }

    /**
     * The wrong kernel for an operation that it concerns.
     *
     * @param right what does everything else as it should be
     */
    Kernel compile(Op op, PlanMemory<Tensor> memory, HostEngine<Tensor> right);

    /** The same, where the precision matters. */
    default Kernel compile(Op op, PlanMemory<Tensor> memory, HostEngine<Tensor> right, Precision precision) {
        return compile(op, memory, right);
    }
}
