package dev.javelin.kernels.reference;

import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;

/** {@link ExpertMatMul}: each row of an expert's matrix is decoded once, if anybody chose the expert. */
final class ReferenceExpertMatMul implements Kernel {
    private final ExpertMatMul op;
    private final Floats out; // [rows · k, n]
    private final Floats x; // [rows, width] or [rows · k, width]
    private final Ints experts; // [rows · k]
    private final WeightRows matrices; // [experts · n, width]
    private final Vector bias; // [experts · n]
    private final int count;
    private final int k;

    ReferenceExpertMatMul(ExpertMatMul op, PlanMemory<Tensor> memory) {
        int width = op.matrices().shape().size(2);
        int n = op.matrices().shape().size(1);
        this.op = op;
        this.out = new Floats(memory.of(op.out()), n);
        this.x = new Floats(memory.of(op.x()), width);
        this.experts = Ints.of(op.experts(), memory);
        this.matrices = new WeightRows(op.matrices(), memory);
        this.count = op.matrices().shape().size(0);
        this.bias = Vector.ofOr(op.bias(), 0, memory);
        this.k = op.experts().width();
    }

    @Override
    public void run(Step step) {
        long choices = (long) op.experts().rows().in(step) * k;
        for (long choice = 0; choice < choices; choice++) {
            int expert = experts.get(choice);
            if (expert < 0 || expert >= count) { // indices may come from anywhere
                out.invalidate(choice);
            }
        }
        for (int expert = 0; expert < count; expert++) {
            if (chosen(expert, choices)) {
                multiply(expert, choices);
            }
        }
    }

    private boolean chosen(int expert, long choices) {
        for (long choice = 0; choice < choices; choice++) {
            if (experts.get(choice) == expert) {
                return true;
            }
        }
        return false;
    }

    private void multiply(int expert, long choices) {
        for (int column = 0; column < out.width(); column++) {
            float[] weights = matrices.read((long) expert * out.width() + column);
            double added = bias.get(expert * out.width() + column);
            for (long choice = 0; choice < choices; choice++) {
                if (experts.get(choice) == expert) {
                    long input = op.inputPerExpert() ? choice : choice / k;
                    out.set(choice, column, ReferenceMatMul.dot(weights, x, input) + added);
                }
            }
        }
    }
}
