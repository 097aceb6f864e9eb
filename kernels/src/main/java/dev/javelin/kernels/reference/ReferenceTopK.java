package dev.javelin.kernels.reference;

import dev.javelin.api.Step;
import dev.javelin.api.TopK;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;

/** {@link TopK}. */
final class ReferenceTopK implements Kernel {
    private final TopK op;
    private final Ints ids;
    private final Floats values;
    private final Choices choices;
    private final int[] chosen;

    ReferenceTopK(TopK op, PlanMemory<?> memory) {
        this.op = op;
        this.ids = Ints.of(op.ids(), memory);
        this.values = Floats.of(op.values(), memory);
        this.choices = new Choices(op.x(), memory);
        this.chosen = new int[op.k()];
    }

    @Override
    public void run(Step step) {
        int rows = op.x().rows().in(step);
        for (int row = 0; row < rows; row++) {
            double[] numbers = choices.read(step, row);
            Largest.choose(numbers, chosen);
            for (int i = 0; i < chosen.length; i++) {
                ids.set((long) row * chosen.length + i, chosen[i]);
                values.set(row, i, Largest.number(numbers[chosen[i]]));
            }
        }
    }
}
