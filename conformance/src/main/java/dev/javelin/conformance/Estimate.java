package dev.javelin.conformance;

/**
 * Numbers as a formula in double gives them, and how far off a device may typically be in each. Mutable while it is filled in;
 * for one thread.
 *
 * <p>The noise is of the size of one standard deviation. It follows the values through a program: what an operation reads
 * with an error it hands on, rounding and arithmetic add to it.
 */
final class Estimate {

    /** Half a unit in the last place of F32, as a share of the number. */
    static final double F32_UNIT = 0x1p-24;

    final double[] value;
    final double[] noise;

    Estimate(int size) {
        this(new double[size], new double[size]);
    }

    Estimate(double[] value, double[] noise) {
        this.value = value;
        this.noise = noise;
    }

    /** Exact numbers. */
    static Estimate exact(float[] values) {
        Estimate exact = new Estimate(values.length);
        for (int i = 0; i < values.length; i++) {
            exact.value[i] = values[i];
        }
        return exact;
    }

    /** Exact numbers. */
    static Estimate exact(int[] values) {
        Estimate exact = new Estimate(values.length);
        for (int i = 0; i < values.length; i++) {
            exact.value[i] = values[i];
        }
        return exact;
    }

    int size() {
        return value.length;
    }

    /** Sets one number; storing it as F32 adds to its noise, of which there always is some, however small the number. */
    void set(int index, double result, double error) {
        double rounding = F32_UNIT * result;
        value[index] = result;
        noise[index] = Math.sqrt(error * error + rounding * rounding) + Double.MIN_VALUE;
    }

    /**
     * What a sum of that many products is off by, as a share of the sum of their magnitudes: partial sums are rounded in
     * F32, in an order that is the device's own. One chain of additions that all have one sign errs by about {@code
     * sqrt(n)/3} units; many short chains, or signs that differ, err less.
     */
    static double sumNoise(int terms) {
        return F32_UNIT * (1 + Math.sqrt(terms) / 4);
    }
}
