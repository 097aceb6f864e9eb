package dev.javelin.kernels.reference;

/** The error function, to 13 digits. */
final class Erf {
    /** Below, the series needs few terms; above, the fraction. */
    private static final double BORDER = 2;

    private static final int LEVELS = 60;

    private Erf() {}

    /** {@code 1 - erf(x)}, without cancellation where that is small. */
    static double complement(double x) {
        return x < BORDER ? 1 - series(x) : fraction(x);
    }

    /** {@code erf(x) = 2/√π · exp(-x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1·3·5…(2n+1))}; all terms have the sign of x. */
    private static double series(double x) {
        if (x < -6) {
            return -1; // to the last digit
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
    }

    /** {@code exp(-x²)/√π / (x + ½/(x + 1/(x + 3/2 /(x + 2/(x + …)))))}, from the inside out. */
    private static double fraction(double x) {
        double tail = x;
        for (int level = LEVELS; level > 0; level--) {
            tail = x + level / 2.0 / tail;
        }
        return StrictMath.exp(-x * x) / Math.sqrt(Math.PI) / tail;
    }
}
