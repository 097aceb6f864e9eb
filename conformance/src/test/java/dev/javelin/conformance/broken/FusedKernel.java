package dev.javelin.conformance.broken;

import dev.javelin.api.FusedOp;
import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** A kernel for a fused operation: what its parts hand to each other lies in scratch memory. */
final class FusedKernel implements Kernel {

    private static final long ALIGNMENT = 64;

    private final List<Kernel> kernels = new ArrayList<>();

    /** @param compile the kernel of a part */
    FusedKernel(
            FusedOp fused,
            PlanMemory<Tensor> memory,
            HostEngine<Tensor> engine,
            BiFunction<Op, PlanMemory<Tensor>, Kernel> compile) {
        AlteredMemory inner = AlteredMemory.of(memory);
        long at = partScratch(fused, memory.limits(), engine);
        if (at > 0) {
            inner = inner.withScratch(memory.scratch().asSlice(0, at));
        }
        for (Value internal : fused.internals()) {
            long bytes = internal.bytes(memory.limits());
            inner = inner.with(internal, memory.scratch().asSlice(at, bytes));
            at += aligned(bytes);
        }
        for (Op part : fused.parts()) {
            kernels.add(compile.apply(part, inner));
        }
    }

    static long scratchBytes(FusedOp fused, Limits limits, HostEngine<Tensor> engine) {
        return partScratch(fused, limits, engine)
                + fused.internals().stream()
                        .mapToLong(internal -> aligned(internal.bytes(limits)))
                        .sum();
    }

    /** What the parts need, one after the other in the same place. */
    private static long partScratch(FusedOp fused, Limits limits, HostEngine<Tensor> engine) {
        return fused.parts().stream()
                .mapToLong(part -> aligned(engine.scratchBytes(part, limits)))
                .max()
                .orElse(0);
    }

    private static long aligned(long bytes) {
        return Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
    }

    @Override
    public void run(Step step) {
        kernels.forEach(kernel -> kernel.run(step));
    }
}
