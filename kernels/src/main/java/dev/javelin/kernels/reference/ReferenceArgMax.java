package dev.javelin.kernels.reference;

import dev.javelin.api.ArgMax;
import dev.javelin.api.Step;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;

/** {@link ArgMax}. */
final class ReferenceArgMax implements Kernel {
    private final ArgMax op;
    private final Ints out;
    private final Choices choices;

    ReferenceArgMax(ArgMax op, PlanMemory<?> memory) {
        this.op = op;
        this.out = Ints.of(op.out(), memory);
        this.choices = new Choices(op.x(), memory);
    }

    @Override
    public void run(Step step) {
        int rows = op.x().rows().in(step);
        for (int row = 0; row < rows; row++) {
            out.set(row, largest(choices.read(step, row)));
        }
    }

    private static int largest(double[] numbers) {
        int largest = -1;
        for (int i = 0; i < numbers.length; i++) {
            if (!Double.isNaN(numbers[i]) && (largest < 0 || numbers[i] > numbers[largest])) {
                largest = i;
            }
        }
        return Math.max(largest, 0);
    }
}
