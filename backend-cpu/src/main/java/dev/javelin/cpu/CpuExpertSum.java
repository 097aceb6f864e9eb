package dev.javelin.cpu;

import dev.javelin.api.ExpertSum;
import dev.javelin.api.Step;
import dev.javelin.kernels.host.PlanMemory;

/** {@link ExpertSum}. */
final class CpuExpertSum extends RowKernel {
    private final Floats out;
    private final Floats x;
    private final Floats shares;

    CpuExpertSum(ExpertSum op, PlanMemory<Placed> memory, Threads threads) {
        super(threads, op.out(), op.x().width());
        this.out = Floats.of(op.out(), memory);
        this.x = Floats.of(op.x(), memory);
        this.shares = Floats.of(op.shares(), memory);
    }

    @Override
    void row(Step now, int row, Workspace.Worker worker) {
        for (int column = 0; column < out.width(); column++) {
            float sum = 0;
            for (int choice = 0; choice < shares.width(); choice++) {
                sum = Math.fma(shares.get(row, choice), x.get(row, choice * out.width() + column), sum);
            }
            out.set(row, column, sum);
        }
    }
}
