package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.javelin.api.MatMul;
import dev.javelin.api.MatMulAdd;
import dev.javelin.api.Step;
import dev.javelin.api.Value;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** {@link MatMul}, and {@link MatMulAdd}, which adds the residual to a result before it is written: the same numbers. */
final class CpuMatMul implements Kernel {
    private final MatMul op;
    private final PanelProduct product;
    private final @Nullable MemorySegment scale;

    CpuMatMul(MatMul op, WidthKernels kernels, PlanMemory<Placed> memory, Threads threads) {
        this(op, op.out(), null, kernels, memory, threads);
    }

    CpuMatMul(MatMulAdd op, WidthKernels kernels, PlanMemory<Placed> memory, Threads threads) {
        this(op.product(), op.sum().out(), memory.of(op.residual()), kernels, memory, threads);
    }

    private CpuMatMul(
            MatMul op,
            Value out,
            @Nullable MemorySegment residual,
            WidthKernels kernels,
            PlanMemory<Placed> memory,
            Threads threads) {
        this.op = op;
        this.product = new PanelProduct(
                memory.weight(op.matrix()).matrix(),
                kernels,
                threads,
                memory.of(op.x()),
                memory.of(out),
                op.bias() == null ? null : memory.weight(op.bias()).vector(),
                residual);
        this.scale = op.scale() == null ? null : memory.weight(op.scale()).vector();
    }

    @Override
    public void run(Step step) {
        int rows = op.x().rows().in(step);
        long xBytes = (long) op.x().width() * Float.BYTES;
        long outBytes = (long) op.out().width() * Float.BYTES;
        float factor = scale == null ? 1 : scale.get(JAVA_FLOAT, 0);
        for (int row = 0; row < rows; row++) {
            product.add(row * xBytes, row * outBytes);
            if (product.isFull()) {
                product.run(0, factor);
            }
        }
        product.run(0, factor);
    }
}
