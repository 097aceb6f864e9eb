package dev.javelin.kernels.reference;

import dev.javelin.api.ExpertSum;
import dev.javelin.api.Step;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;

/** {@link ExpertSum}. */
final class ReferenceExpertSum implements Kernel {
    private final ExpertSum op;
    private final Floats out;
    private final Floats x; // [rows, k · n]
    private final Floats shares;

    ReferenceExpertSum(ExpertSum op, PlanMemory<?> memory) {
        this.op = op;
        this.out = Floats.of(op.out(), memory);
        this.x = Floats.of(op.x(), memory);
        this.shares = Floats.of(op.shares(), memory);
    }

    @Override
    public void run(Step step) {
        int rows = op.out().rows().in(step);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < out.width(); column++) {
                double sum = 0;
                for (int choice = 0; choice < shares.width(); choice++) {
                    sum += shares.get(row, choice) * x.get(row, choice * out.width() + column);
                }
                out.set(row, column, sum);
            }
        }
    }
}
