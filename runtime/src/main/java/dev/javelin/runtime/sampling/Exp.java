package dev.javelin.runtime.sampling;

/**
 * The exponential function for what is not positive, within two units in the last place. {@link Math#exp} may differ between
 * machines, {@link StrictMath#exp} is slow: this one is made of operations that are exact by definition, so a seed gives the
 * same tokens everywhere.
 *
 * <p>{@code x = (128 k + j) ln2 / 128 + r}, so {@code exp(x) = 2^k 2^(j/128) exp(r)}: bits, a table, a short polynomial.
 */
final class Exp {

    private static final int STEPS = 128;

    /** Added to a double below 2^51, it leaves the nearest integer in the low bits. */
    private static final double ROUND = 0x1.8p52;

    private static final long ROUND_BITS = Double.doubleToRawLongBits(ROUND);
    private static final double STEPS_PER_LN2 = STEPS / 0.6931471805599453;

    /** The logarithm of 2 in two parts, the first with so few bits that products with integers of 20 bits are exact. */
    private static final double LN2_HIGH = 0x1.62e42feep-1 / STEPS;

    private static final double LN2_LOW = 0x1.a39ef35793c76p-33 / STEPS;

    /** Below, the result would be subnormal: too small to be chosen or to change a sum. */
    private static final double LEAST = -708;

    private static final double[] POWERS = powers();

    private Exp() {}

    /** The exponential of {@code x}; zero for less than -708 and for NaN. */
    static double of(double x) {
        if (!(x >= LEAST)) {
            return 0;
        }
        double shifted = x * STEPS_PER_LN2 + ROUND;
        long steps = Double.doubleToRawLongBits(shifted) - ROUND_BITS;
        double whole = shifted - ROUND;
        double r = (x - whole * LN2_HIGH) - whole * LN2_LOW;
        double more = r + r * r * (1 / 2.0 + r * (1 / 6.0 + r * (1 / 24.0 + r * (1 / 120.0))));
        double power = POWERS[(int) steps & (STEPS - 1)];
        long exponent = (steps >> 7) << 52;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(power + power * more) + exponent);
    }

    private static double[] powers() {
        double[] powers = new double[STEPS];
        for (int i = 0; i < STEPS; i++) {
            powers[i] = StrictMath.pow(2, i / (double) STEPS);
        }
        return powers;
    }
}
