package dev.javelin.conformance;

import dev.javelin.api.Format;
import org.jspecify.annotations.Nullable;

/** Products with weights, as their Javadoc defines them. */
final class ProductFormulas {

    private ProductFormulas() {}

    static Estimate matMul(
            Estimate x, Matrix matrix, int n, @Nullable Estimate bias, @Nullable Estimate scale, Format type) {
        int k = matrix.columns();
        int rows = x.size() / k;
        Estimate out = new Estimate(rows * n);
        Product product = new Product(x, matrix, type);
        double factor = scale == null ? 1 : scale.value[0];
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < n; j++) {
                double offset = bias == null ? 0 : bias.value[j];
                product.add(out, row * n + j, row, j, factor, offset);
            }
        }
        return out;
    }

    /** @param inputPerExpert whether each chosen expert of a row has an x of its own */
    static Estimate expertMatMul(
            Estimate x,
            Matrix matrices,
            int n,
            Estimate experts,
            int chosen,
            boolean inputPerExpert,
            @Nullable Estimate bias,
            Format type) {
        int rows = experts.size() / chosen;
        Estimate out = new Estimate(rows * chosen * n);
        Product product = new Product(x, matrices, type);
        for (int i = 0; i < rows * chosen; i++) {
            int expert = (int) experts.value[i];
            for (int j = 0; j < n; j++) {
                double offset = bias == null ? 0 : bias.value[expert * n + j];
                product.add(out, i * n + j, inputPerExpert ? i : i / chosen, expert * n + j, 1, offset);
            }
        }
        return out;
    }

    /** The rows' results weighted by their shares. */
    static Estimate expertSum(Estimate x, Estimate shares, int chosen) {
        int rows = shares.size() / chosen;
        int n = x.size() / shares.size();
        Estimate out = new Estimate(rows * n);
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                double magnitude = 0;
                double doubt = 0;
                for (int i = row * chosen; i < (row + 1) * chosen; i++) {
                    double term = shares.value[i] * x.value[i * n + j];
                    sum += term;
                    magnitude += Math.abs(term);
                    doubt +=
                            square(shares.noise[i] * x.value[i * n + j]) + square(shares.value[i] * x.noise[i * n + j]);
                }
                double arithmetic = Estimate.sumNoise(chosen) * magnitude;
                out.set(row * n + j, sum, Math.hypot(Math.sqrt(doubt), arithmetic));
            }
        }
        return out;
    }

    private static double square(double x) {
        return x * x;
    }

    /** What is the same for all elements of a product. */
    private static final class Product {
        private final Estimate x;
        private final Matrix matrix;
        private final double[] noise;
        private final double weightUnit;
        private final boolean exact;
        private final double[] spanSums;

        Product(Estimate x, Matrix matrix, Format type) {
            this.x = x;
            this.matrix = matrix;
            this.noise = Rounding.noise(x, matrix.columns(), type);
            this.weightUnit = Rounding.ofWeights(type);
            this.exact = type == Format.F32 && java.util.Arrays.stream(noise).allMatch(error -> error == 0);
            this.spanSums = matrix.spanSums(x);
        }

        /** Computes one element: a row of activations with a row of the matrix. */
        void add(Estimate out, int index, int row, int matrixRow, double factor, double offset) {
            int at = row * matrix.columns();
            double sum = matrix.product(matrixRow, x, at);
            double carried = exact ? 0 : matrix.carried(matrixRow, noise, x, at, weightUnit);
            double arithmetic = Estimate.sumNoise(matrix.columns())
                    * matrix.magnitude(matrixRow, spanSums, row * matrix.spansPerRow());
            double error = Math.hypot(Math.hypot(carried, arithmetic) * factor, Estimate.F32_UNIT * offset);
            out.set(index, factor * sum + offset, error);
        }
    }
}
