package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.Route;
import dev.javelin.api.Step;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** {@link Route}. Scalar, and in double where it costs nothing: a row is as short as there are experts. */
final class CpuRoute extends RowKernel {
    private final Route op;
    private final int all;
    private final MemorySegment experts;
    private final Floats shares;
    private final Floats logits;
    private final @Nullable MemorySegment bias;
    private final PerWorker<Choice> choices;

    /** What one worker needs for one row. */
    private static final class Choice {
        private final double[] scores;
        private final float[] ranks;
        private final Largest largest;

        private Choice(int all, int k) {
            this.scores = new double[all];
            this.ranks = new float[all];
            this.largest = new Largest(k);
        }
    }

    CpuRoute(Route op, PlanMemory<Placed> memory, Threads threads) {
        super(threads, op.logits(), 16L * op.logits().width());
        this.op = op;
        this.all = op.logits().width();
        this.experts = memory.of(op.experts());
        this.shares = Floats.of(op.shares(), memory);
        this.logits = Floats.of(op.logits(), memory);
        this.bias = op.bias() == null ? null : memory.weight(op.bias()).vector();
        this.choices = new PerWorker<>(threads, () -> new Choice(all, op.k()));
    }

    @Override
    void row(Step now, int row, Workspace.Worker worker) {
        Choice choice = choices.of(worker);
        switch (op.scoring()) {
            case SOFTMAX -> softmax(row, choice.scores);
            case SIGMOID -> sigmoid(row, choice.scores);
        }
        for (int expert = 0; expert < all; expert++) {
            double added = bias == null ? 0 : bias.getAtIndex(JAVA_FLOAT, expert);
            choice.ranks[expert] = (float) (choice.scores[expert] + added);
        }
        share(row, choice.scores, choice.largest.choose(choice.ranks, all));
    }

    private void softmax(int row, double[] scores) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int expert = 0; expert < all; expert++) {
            largest = Math.max(largest, logits.get(row, expert));
        }
        double sum = 0;
        for (int expert = 0; expert < all; expert++) {
            scores[expert] = Math.exp((double) logits.get(row, expert) - largest);
            sum += scores[expert];
        }
        for (int expert = 0; expert < all; expert++) {
            scores[expert] /= sum;
        }
    }

    private void sigmoid(int row, double[] scores) {
        for (int expert = 0; expert < all; expert++) {
            scores[expert] = 1 / (1 + Math.exp(-(double) logits.get(row, expert)));
        }
    }

    private void share(int row, double[] scores, int[] chosen) {
        double sum = 0;
        for (int expert : chosen) {
            sum += scores[expert];
        }
        for (int i = 0; i < chosen.length; i++) {
            experts.setAtIndex(JAVA_INT, (long) row * chosen.length + i, chosen[i]);
            double share = op.renormalise() ? scores[chosen[i]] / sum : scores[chosen[i]];
            shares.set(row, i, (float) (share * op.scale()));
        }
    }
}
