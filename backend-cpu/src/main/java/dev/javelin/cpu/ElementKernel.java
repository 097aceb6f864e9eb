package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.javelin.api.Activation;
import dev.javelin.api.Binary;
import dev.javelin.api.Glu;
import dev.javelin.api.Scale;
import dev.javelin.api.SoftCap;
import dev.javelin.api.Step;
import dev.javelin.api.Unary;
import dev.javelin.api.Value;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;

/** An operation whose every element depends on the same element of one or two operands, and on nothing else. */
final class ElementKernel extends RowKernel {

    /** The arithmetic; {@code count} is a multiple of the lanes. */
    private interface Function {
        void apply(
                MemorySegment a,
                MemorySegment b,
                long bAt,
                MemorySegment out,
                long at,
                int count,
                Workspace.Worker worker);
    }

    private final Function function;
    private final MemorySegment a;
    private final MemorySegment b;
    private final MemorySegment out;
    private final int width;
    private final boolean broadcast;
    private final int lanes;

    private ElementKernel(
            Function function,
            Value out,
            Value a,
            MemorySegment b,
            boolean broadcast,
            PlanMemory<Placed> memory,
            Threads threads,
            int lanes) {
        super(threads, out, out.width());
        this.function = function;
        this.a = memory.of(a);
        this.b = b;
        this.out = memory.of(out);
        this.width = out.width();
        this.broadcast = broadcast;
        this.lanes = lanes;
    }

    static ElementKernel unary(Unary op, WidthKernels kernels, PlanMemory<Placed> memory, Threads threads) {
        ElementMath math = kernels.elements();
        Function function = (a, _, _, out, at, count, worker) -> {
            share(op.activation(), kernels, a, at, count, worker);
            math.multiply(a, worker.row(), out, at, count);
        };
        return of(function, op.out(), op.x(), op.x(), memory, threads, kernels);
    }

    static ElementKernel glu(Glu op, WidthKernels kernels, PlanMemory<Placed> memory, Threads threads) {
        ElementMath math = kernels.elements();
        Function function = (a, b, _, out, at, count, worker) -> {
            share(op.activation(), kernels, a, at, count, worker);
            math.multiply(a, worker.row(), out, at, count);
            math.multiply(out, b, at, out, at, count);
        };
        return of(function, op.out(), op.gate(), op.up(), memory, threads, kernels);
    }

    /** Fills the row of the worker with what to multiply with for the activation, see {@link ElementMath}. */
    private static void share(
            Activation activation, WidthKernels kernels, MemorySegment x, long at, int count, Workspace.Worker worker) {
        ElementMath math = kernels.elements();
        float[] shares = worker.row();
        switch (activation) {
            case SILU -> {
                MemorySegment.copy(x, JAVA_FLOAT, at, worker.spare(), 0, count);
                logistic(kernels, worker.spare(), shares, count);
            }
            case GELU_TANH -> {
                math.twiceU(x, at, count, worker.spare());
                logistic(kernels, worker.spare(), shares, count);
            }
            case GELU_ERF -> {
                math.minusHalfSquare(x, at, count, shares);
                kernels.exp().exp(shares, 0, count);
                math.halfErfc(x, at, count, shares);
            }
            case RELU_SQUARED -> math.positive(x, at, count, shares);
        }
    }

    private static void logistic(WidthKernels kernels, float[] x, float[] shares, int count) {
        kernels.elements().minusMagnitude(x, shares, count);
        kernels.exp().exp(shares, 0, count);
        kernels.elements().logistic(x, shares, count);
    }

    static ElementKernel scale(Scale op, WidthKernels kernels, PlanMemory<Placed> memory, Threads threads) {
        ElementMath math = kernels.elements();
        Function function = (a, _, _, out, at, count, _) -> math.scale(op.factor(), a, out, at, count);
        return of(function, op.out(), op.x(), op.x(), memory, threads, kernels);
    }

    static ElementKernel softCap(SoftCap op, WidthKernels kernels, PlanMemory<Placed> memory, Threads threads) {
        Function function = (a, _, _, out, at, count, worker) -> {
            MemorySegment.copy(a, JAVA_FLOAT, at, worker.row(), 0, count);
            kernels.exp().softCap(op.cap(), worker.row(), 0, count);
            MemorySegment.copy(worker.row(), 0, out, JAVA_FLOAT, at, count);
        };
        return of(function, op.out(), op.x(), op.x(), memory, threads, kernels);
    }

    static ElementKernel binary(Binary op, WidthKernels kernels, PlanMemory<Placed> memory, Threads threads) {
        ElementMath math = kernels.elements();
        Function function = switch (op.kind()) {
            case ADD -> (a, b, bAt, out, at, count, _) -> math.add(a, b, bAt, out, at, count);
            case MULTIPLY -> (a, b, bAt, out, at, count, _) -> math.multiply(a, b, bAt, out, at, count);
        };
        MemorySegment b = op.broadcast() ? memory.weight(op.b()).vector() : memory.of(op.b());
        int lanes = kernels.width().lanes();
        return new ElementKernel(function, op.out(), op.a(), b, op.broadcast(), memory, threads, lanes);
    }

    private static ElementKernel of(
            Function function,
            Value out,
            Value a,
            Value b,
            PlanMemory<Placed> memory,
            Threads threads,
            WidthKernels kernels) {
        return new ElementKernel(
                function,
                out,
                a,
                memory.of(b),
                false,
                memory,
                threads,
                kernels.width().lanes());
    }

    @Override
    void row(Step now, int row, Workspace.Worker worker) {
        long at = (long) row * width * Float.BYTES;
        long bAt = broadcast ? 0 : at;
        int whole = width - width % lanes;
        for (int i = 0; i < whole; i += Tile.LENGTH) {
            long along = (long) i * Float.BYTES;
            int count = Math.min(Tile.LENGTH, whole - i);
            function.apply(a, b, bAt + along, out, at + along, count, worker);
        }
        if (whole < width) {
            long along = (long) whole * Float.BYTES;
            tail(at + along, bAt + along, width - whole, worker);
        }
    }

    /** The last elements go through a whole vector too: scalar code would not round in the same way. */
    private void tail(long at, long bAt, int count, Workspace.Worker worker) {
        long bytes = (long) count * Float.BYTES;
        MemorySegment result = worker.tail(2);
        MemorySegment.copy(a, at, worker.tail(0), 0, bytes);
        MemorySegment.copy(b, bAt, worker.tail(1), 0, bytes);
        function.apply(worker.tail(0), worker.tail(1), 0, result, 0, lanes, worker);
        MemorySegment.copy(result, 0, out, at, bytes);
    }
}
