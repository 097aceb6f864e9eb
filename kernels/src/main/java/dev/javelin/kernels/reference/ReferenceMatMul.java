package dev.javelin.kernels.reference;

import dev.javelin.api.MatMul;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;

/** {@link MatMul}: each row of the matrix is decoded once and multiplied with all rows of x. */
final class ReferenceMatMul implements Kernel {
    private final MatMul op;
    private final Floats out;
    private final Floats x;
    private final WeightRows matrix;
    private final Vector bias;
    private final double factor;

    ReferenceMatMul(MatMul op, PlanMemory<Tensor> memory) {
        this.op = op;
        this.out = Floats.of(op.out(), memory);
        this.x = Floats.of(op.x(), memory);
        this.matrix = new WeightRows(op.matrix(), memory);
        this.bias = Vector.ofOr(op.bias(), 0, memory);
        this.factor = Vector.ofOr(op.scale(), 1, memory).get(0);
    }

    @Override
    public void run(Step step) {
        int rows = op.x().rows().in(step);
        for (int column = 0; column < out.width(); column++) {
            float[] weights = matrix.read(column);
            for (int row = 0; row < rows; row++) {
                out.set(row, column, factor * dot(weights, x, row) + bias.get(column));
            }
        }
    }

    /** The product of a row of weights and a row of activations. */
    static double dot(float[] weights, Floats x, long row) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * x.get(row, i);
        }
        return sum;
    }
}
