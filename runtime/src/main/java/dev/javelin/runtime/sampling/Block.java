package dev.javelin.runtime.sampling;

/**
 * Sums over a block of logits. Each step is a loop of its own, short enough for the JIT to make vector code of those that have no
 * tables; the order of additions is fixed, so the sums are the same everywhere.
 */
final class Block {

    static final int LENGTH = 256;

    private final float[] logits = new float[LENGTH];
    private final int[] steps = new int[LENGTH];
    private final double[] remainders = new double[LENGTH];
    private int length;

    /** Takes the logits from their bits. */
    void load(int[] bits, int begin, int end) {
        length = end - begin;
        floats(bits, begin, logits, length);
    }

    /** The sum of {@code exp((logit - top) * scale)}. */
    double mass(double top, double scale) {
        steps(logits, top, scale, steps, length);
        remainders(logits, top, scale, remainders, length);
        double mass = 0;
        for (int i = 0; i < length; i++) {
            mass += Exp.combined(steps[i], remainders[i]);
        }
        return mass;
    }

    /** The sum of {@code (logit - top) * exp(logit - top)}. */
    double moment(double top) {
        steps(logits, top, 1, steps, length);
        remainders(logits, top, 1, remainders, length);
        double moment = 0;
        for (int i = 0; i < length; i++) {
            moment += Math.max(logits[i] - top, Exp.LEAST) * Exp.combined(steps[i], remainders[i]);
        }
        return moment;
    }

    /** The sum of the logits that are not minus infinity. */
    double sum() {
        double even = 0;
        double odd = 0;
        for (int i = 0; i < length; i += 2) {
            even += finiteOr(i, 0);
            odd += finiteOr(i + 1, 0);
        }
        return even + odd;
    }

    /** The sum of the squares of {@code logit - mean} of those that are not minus infinity. */
    double squares(double mean) {
        double even = 0;
        double odd = 0;
        for (int i = 0; i < length; i += 2) {
            double a = finiteOr(i, mean) - mean;
            double b = finiteOr(i + 1, mean) - mean;
            even += a * a;
            odd += b * b;
        }
        return even + odd;
    }

    private double finiteOr(int i, double other) {
        return i < length && logits[i] != Float.NEGATIVE_INFINITY ? logits[i] : other;
    }

    private static void floats(int[] bits, int begin, float[] logits, int length) {
        for (int i = 0; i < length; i++) {
            logits[i] = Float.intBitsToFloat(bits[begin + i]);
        }
    }

    private static void steps(float[] logits, double top, double scale, int[] steps, int length) {
        for (int i = 0; i < length; i++) {
            steps[i] = (int) Exp.steps(Math.max((logits[i] - top) * scale, Exp.LEAST));
        }
    }

    private static void remainders(float[] logits, double top, double scale, double[] remainders, int length) {
        for (int i = 0; i < length; i++) {
            double x = Math.max((logits[i] - top) * scale, Exp.LEAST);
            remainders[i] = Exp.remainder(x, Exp.steps(x));
        }
    }
}
