package dev.javelin.runtime.sampling;

/**
 * The exponential function for what is not positive, within two units in the last place. {@link Math#exp} may differ between
 * machines, {@link StrictMath#exp} is slow: this one is made of operations that are exact by definition, so a seed gives the
 * same tokens everywhere.
 *
 * <p>{@code x = (128 k + j) ln2 / 128 + r}, so {@code exp(x) = 2^k 2^(j/128) exp(r)}: two tables and a short polynomial. What
 * would be subnormal is zero: too small to be chosen or to change a sum. {@link Block} does the same for many at once.
 */
final class Exp {

    /** Below, the result is zero. */
    static final double LEAST = -760;

    private static final int STEPS = 128;
    private static final double STEPS_PER_LN2 = STEPS / 0.6931471805599453;

    /** Added to a double below 2^51 and subtracted again, it leaves the nearest integer. */
    private static final double ROUND = 0x1.8p52;

    /** The logarithm of 2 in two parts, the first with so few bits that products with integers of 20 bits are exact. */
    private static final double LN2_HIGH = 0x1.62e42feep-1 / STEPS;

    private static final double LN2_LOW = 0x1.a39ef35793c76p-33 / STEPS;

    /** Down to the exponent of {@link #LEAST}. */
    private static final int EXPONENTS = 1098;

    private static final double[] ROOTS = roots();
    private static final double[] POWERS = powers();

    private Exp() {}

    /** The exponential of {@code x}, which is not positive; zero for NaN. */
    static double of(double x) {
        if (!(x >= LEAST)) {
            return 0;
        }
        double steps = steps(x);
        return combined((int) steps, remainder(x, steps));
    }

    /** How many steps of {@code ln2 / 128} are nearest to {@code x}, which is at least {@link #LEAST}. */
    static double steps(double x) {
        return (x * STEPS_PER_LN2 + ROUND) - ROUND;
    }

    /** The exponential of what the steps leave of {@code x}, less one. */
    static double remainder(double x, double steps) {
        double r = (x - steps * LN2_HIGH) - steps * LN2_LOW;
        return r + r * r * (1 / 2.0 + r * (1 / 6.0 + r * (1 / 24.0 + r * (1 / 120.0))));
    }

    /** The exponential from its parts. */
    static double combined(int steps, double remainder) {
        double root = ROOTS[steps & (STEPS - 1)];
        return (root + root * remainder) * POWERS[EXPONENTS - 1 + (steps >> 7)];
    }

    private static double[] roots() {
        double[] roots = new double[STEPS];
        for (int i = 0; i < STEPS; i++) {
            roots[i] = StrictMath.pow(2, i / (double) STEPS);
        }
        return roots;
    }

    private static double[] powers() {
        double[] powers = new double[EXPONENTS];
        for (int i = 0; i < EXPONENTS; i++) {
            int exponent = i - (EXPONENTS - 1);
            powers[i] = exponent < Double.MIN_EXPONENT ? 0 : Math.scalb(1.0, exponent);
        }
        return powers;
    }
}
