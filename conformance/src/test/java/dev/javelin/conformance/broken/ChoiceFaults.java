package dev.javelin.conformance.broken;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.ArgMax;
import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.Route;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.TopK;
import dev.javelin.api.Value;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** What operations that choose can get wrong beside constants and operands: order, ties, what is not a number. */
final class ChoiceFaults {

    private ChoiceFaults() {}

    static List<Fault> all() {
        return List.of(
                new Peculiar<>(
                        ArgMax.class,
                        "of equal ones the highest",
                        (op, limits) -> plain(limits),
                        (op, memory, right) -> backwards(op, op.x(), op.out(), memory, right)),
                new Peculiar<>(
                        TopK.class,
                        "of equal ones the highest",
                        (op, limits) -> plain(limits),
                        (op, memory, right) -> backwards(op, op.x(), op.ids(), memory, right)),
                new Peculiar<>(
                        Route.class,
                        "of equal ones the highest",
                        (op, limits) -> op.bias() == null,
                        (op, memory, right) -> backwards(op, op.logits(), op.experts(), memory, right)),
                new Peculiar<>(
                        TopK.class,
                        "smallest first",
                        (op, limits) -> op.k() > 1,
                        (op, memory, right) -> turned(op, List.of(op.ids(), op.values()), memory, right)),
                new Peculiar<>(
                        Route.class,
                        "smallest first",
                        (op, limits) -> op.k() > 1,
                        (op, memory, right) -> turned(op, List.of(op.experts(), op.shares()), memory, right)),
                new Peculiar<>(
                        ArgMax.class,
                        "NaN is the largest",
                        (op, limits) -> true,
                        (op, memory, right) -> reading(op, op.x(), ChoiceFaults::nanFirst, memory, right)),
                new Peculiar<>(
                        TopK.class,
                        "NaN is the largest",
                        (op, limits) -> true,
                        (op, memory, right) -> reading(op, op.x(), ChoiceFaults::nanFirst, memory, right)),
                new Peculiar<>(
                        Route.class,
                        "NaN is the largest",
                        (op, limits) -> true,
                        (op, memory, right) -> reading(op, op.logits(), ChoiceFaults::nanFirst, memory, right)),
                new Peculiar<>(
                        ArgMax.class,
                        "nothing below 0 is chosen",
                        (op, limits) -> true,
                        (op, memory, right) -> reading(op, op.x(), x -> Math.max(x, 0), memory, right)));
    }

    private static double nanFirst(double x) {
        return Double.isNaN(x) ? Double.POSITIVE_INFINITY : x;
    }

    /** Whether no step changes what may be chosen, by the index of each element. */
    private static boolean plain(Limits limits) {
        return limits.extras().vocabulary() == 0 && limits.extras().biases() == 0;
    }

    /** The rows are looked at from behind, and the indices found are turned round again. */
    private static Kernel backwards(
            Op op, Value read, Value indices, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        MemorySegment other = Arena.ofAuto().allocate(read.bytes(memory.limits()), Long.BYTES);
        Kernel kernel = right.compile(op, AlteredMemory.of(memory).with(read, other), Precision.EXACT);
        int width = read.width();
        return step -> {
            long rows = Numbers.rows(read).in(step);
            for (long i = 0; i < rows * width; i++) {
                long row = i / width * width;
                other.setAtIndex(
                        JAVA_INT, row + width - 1 - i % width, memory.of(read).getAtIndex(JAVA_INT, i));
            }
            kernel.run(step);
            MemorySegment found = memory.of(indices);
            for (long i = 0; i < rows * Numbers.columns(indices); i++) {
                found.setAtIndex(JAVA_INT, i, width - 1 - found.getAtIndex(JAVA_INT, i));
            }
        };
    }

    /** The results of each row come in the opposite order. */
    private static Kernel turned(Op op, List<Value> results, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        Kernel kernel = right.compile(op, memory, Precision.EXACT);
        return step -> {
            kernel.run(step);
            for (Value result : results) {
                for (int row = 0; row < result.rows().in(step); row++) {
                    turn(memory.of(result), row, result.width());
                }
            }
        };
    }

    private static void turn(MemorySegment results, long row, int width) {
        int[] numbers = results.asSlice(row * width * Integer.BYTES, (long) width * Integer.BYTES)
                .toArray(JAVA_INT);
        for (int i = 0; i < width; i++) {
            results.setAtIndex(JAVA_INT, row * width + i, numbers[width - 1 - i]);
        }
    }

    private static Kernel reading(
            Op op, Value read, DoubleUnaryOperator change, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        MemorySegment other = Arena.ofAuto().allocate(read.bytes(memory.limits()), Long.BYTES);
        Kernel kernel = right.compile(op, AlteredMemory.of(memory).with(read, other), Precision.EXACT);
        return step -> {
            for (long i = 0; i < elements(read, step); i++) {
                other.setAtIndex(JAVA_FLOAT, i, (float)
                        change.applyAsDouble(memory.of(read).getAtIndex(JAVA_FLOAT, i)));
            }
            kernel.run(step);
        };
    }

    private static long elements(Value value, Step step) {
        return (long) Numbers.rows(value).in(step) * Numbers.columns(value);
    }
}
