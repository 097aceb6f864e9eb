package dev.javelin.conformance;

import dev.javelin.api.Format;
import dev.javelin.api.Value;
import dev.javelin.kernels.format.Codecs;
import java.lang.foreign.MemorySegment;

/**
 * A weight as numbers, and products with it in double. A stack of matrices is one matrix of all their rows. Immutable.
 *
 * <p>Arithmetic on blocks may use any form of the decoding rule, such as scale times (sum of quants times activations minus
 * offset times sum of activations), and what cancels in such a form is as large as the block's largest weight times each of
 * its activations. Hence {@link #magnitude} and not the weight itself is the measure of what arithmetic in F32 may lose.
 */
final class Matrix {

    /** Of formats without blocks, as many elements share a span as devices may add up in one go. */
    private static final int LEAST_SPAN = 32;

    private final int columns;
    private final float[] weights;
    private final int spanLength;
    private final float[] spans;

    Matrix(Value weight, byte[] bytes) {
        this.columns = weight.shape().size(weight.shape().rank() - 1);
        this.weights =
                decode(weight.format(), bytes, Math.toIntExact(weight.shape().elements()));
        this.spanLength = Math.max(LEAST_SPAN, weight.format().blockLength());
        int perRow = Math.ceilDiv(columns, spanLength);
        this.spans = new float[weights.length / columns * perRow];
        for (int i = 0; i < weights.length; i++) {
            int span = i / columns * perRow + i % columns / spanLength;
            spans[span] = Math.max(spans[span], Math.abs(weights[i]));
        }
    }

    static float[] decode(Format format, byte[] bytes, int count) {
        float[] decoded = new float[count];
        Codecs.of(format).decode(MemorySegment.ofArray(bytes), 0, decoded, 0, count);
        return decoded;
    }

    int columns() {
        return columns;
    }

    float at(int row, int column) {
        return weights[row * columns + column];
    }

    /** The product of a row of the matrix with a row of activations. */
    double product(int row, Estimate x, int at) {
        double even = 0; // two chains of additions take half the time of one
        double odd = 0;
        int weight = row * columns;
        for (int i = 0; i < columns; i += 2) { // rows are whole blocks of an even length
            even += weights[weight + i] * x.value[at + i];
            odd += weights[weight + i + 1] * x.value[at + i + 1];
        }
        return even + odd;
    }

    /** {@code Σ |largest weight of the block · activation|}, what rounding of the arithmetic is measured by. */
    double magnitude(int row, double[] spanSums, int at) {
        int perRow = Math.ceilDiv(columns, spanLength);
        double sum = 0;
        for (int i = 0; i < perRow; i++) {
            sum += spans[row * perRow + i] * spanSums[at + i];
        }
        return sum;
    }

    /** The sums of the magnitudes of all activations that share a block, for each row of activations. */
    double[] spanSums(Estimate x) {
        int perRow = Math.ceilDiv(columns, spanLength);
        double[] sums = new double[x.size() / columns * perRow];
        for (int i = 0; i < x.size(); i++) {
            sums[i / columns * perRow + i % columns / spanLength] += Math.abs(x.value[i]);
        }
        return sums;
    }

    int spansPerRow() {
        return Math.ceilDiv(columns, spanLength);
    }

    /** What errors of the activations, each on its own, add up to; errors of the weights as shares of each count as well. */
    double carried(int row, double[] noise, Estimate x, int at, double weightUnit) {
        double sum = 0;
        int weight = row * columns;
        for (int i = 0; i < columns; i++) {
            double error = Math.abs(noise[at + i]) + weightUnit * Math.abs(x.value[at + i]);
            sum += weights[weight + i] * weights[weight + i] * error * error;
        }
        return Math.sqrt(sum);
    }
}
