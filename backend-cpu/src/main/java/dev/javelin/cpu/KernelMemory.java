package dev.javelin.cpu;

import dev.javelin.api.ArgMax;
import dev.javelin.api.Attention;
import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.Limits;
import dev.javelin.api.MatMul;
import dev.javelin.api.MatMulAdd;
import dev.javelin.api.Op;
import dev.javelin.api.Rope;
import dev.javelin.api.Route;
import dev.javelin.api.TopK;
import dev.javelin.api.Value;
import dev.javelin.api.WriteKv;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * How much memory kernels allocate for themselves, on the heap: in the {@link Workspace}, which only the largest need of any
 * operation counts for, and in lists and tables of their own, which all count. Small things of fixed size are left out.
 */
final class KernelMemory {
    private final WidthKernels kernels;
    private final int threads;

    /** Floats of a row, and of the sums of its chains: see {@link Workspace#reserve(int, int)}. */
    private record Batch(long length, long chains) {}

    KernelMemory(WidthKernels kernels, int threads) {
        this.kernels = kernels;
        this.threads = threads;
    }

    /** Bytes for the operations of a plan. */
    long bytes(List<Op> ops, Limits limits) {
        long work = threads * largest(ops, KernelMemory::workerFloats);
        long batch = Workspace.BATCH * (largest(ops, op -> batch(op).length) + largest(ops, op -> batch(op).chains));
        long lists = ops.stream().mapToLong(op -> listBytes(op, limits)).sum();
        long angles = ops.stream()
                .filter(Rope.class::isInstance)
                .map(op -> CpuEngine.Turning.of((Rope) op))
                .distinct()
                .mapToLong(turning -> RopeAngles.bytes(turning.spec(), limits.tokens()))
                .sum();
        return (work + batch) * Float.BYTES + lists + angles;
    }

    private static long largest(List<Op> ops, ToLongFunction<Op> need) {
        return ops.stream().mapToLong(need).max().orElse(0);
    }

    /** See {@link Workspace#reserve(int)}. */
    private static int workerFloats(Op op) {
        return switch (op) {
            case Attention attention -> CpuAttention.floats(attention);
            case WriteKv write -> Math.max(write.k().width(), write.v().width());
            case ArgMax choice -> choice.x().width();
            case TopK choice -> choice.x().width();
            default -> 0;
        };
    }

    private Batch batch(Op op) {
        return switch (op) {
            case MatMul product -> batch(product.matrix());
            case MatMulAdd product -> batch(product.product().matrix());
            case ExpertMatMul product -> batch(product.matrices());
            default -> new Batch(0, 0);
        };
    }

    private Batch batch(Value matrix) {
        PanelMath math = kernels.panels(matrix.format());
        int columns = matrix.shape().size(matrix.shape().rank() - 1);
        if (math == null) {
            int length = RowMatrix.length(columns);
            return new Batch(length, length / RowMatrix.CHAIN);
        }
        int length = math.layout().units(columns) * math.layout().unitLength();
        return new Batch(length, length / math.chain());
    }

    private long listBytes(Op op, Limits limits) {
        return switch (op) {
            case ExpertMatMul product ->
                Integer.BYTES
                        * (product.experts().shape().most(limits)
                                + product.matrices().shape().size(0));
            case Route route -> threads * (long) route.logits().width() * (Double.BYTES + Float.BYTES);
            case TopK choice -> (long) threads * Integer.BYTES * choice.k();
            default -> 0;
        };
    }
}
