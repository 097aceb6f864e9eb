package dev.javelin.kernels.reference;

import dev.javelin.api.Route;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;

/** {@link Route}. */
final class ReferenceRoute implements Kernel {
    private final Route op;
    private final Ints experts;
    private final Floats shares;
    private final Floats logits;
    private final Vector bias;
    private final double[] scores;
    private final double[] ranks;
    private final int[] chosen;

    ReferenceRoute(Route op, PlanMemory<Tensor> memory) {
        int all = op.logits().width();
        this.op = op;
        this.experts = Ints.of(op.experts(), memory);
        this.shares = Floats.of(op.shares(), memory);
        this.logits = Floats.of(op.logits(), memory);
        this.bias = Vector.ofOr(op.bias(), 0, memory);
        this.scores = new double[all];
        this.ranks = new double[all];
        this.chosen = new int[op.k()];
    }

    @Override
    public void run(Step step) {
        int rows = op.logits().rows().in(step);
        for (int row = 0; row < rows; row++) {
            switch (op.scoring()) {
                case SOFTMAX -> softmax(row);
                case SIGMOID -> sigmoid(row);
            }
            choose(row);
        }
    }

    private void softmax(int row) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int expert = 0; expert < scores.length; expert++) {
            largest = Math.max(largest, logits.get(row, expert));
        }
        double sum = 0;
        for (int expert = 0; expert < scores.length; expert++) {
            scores[expert] = StrictMath.exp(logits.get(row, expert) - largest);
            sum += scores[expert];
        }
        for (int expert = 0; expert < scores.length; expert++) {
            scores[expert] /= sum;
        }
    }

    private void sigmoid(int row) {
        for (int expert = 0; expert < scores.length; expert++) {
            scores[expert] = 1 / (1 + StrictMath.exp(-logits.get(row, expert)));
        }
    }

    private void choose(int row) {
        for (int expert = 0; expert < scores.length; expert++) {
            ranks[expert] = scores[expert] + bias.get(expert);
        }
        Largest.choose(ranks, chosen);
        double sum = 0;
        for (int expert : chosen) {
            sum += scores[expert];
        }
        for (int i = 0; i < chosen.length; i++) {
            experts.set((long) row * chosen.length + i, chosen[i]);
            double share = op.renormalise() ? scores[chosen[i]] / sum : scores[chosen[i]];
            shares.set(row, i, share * op.scale());
        }
    }
}
