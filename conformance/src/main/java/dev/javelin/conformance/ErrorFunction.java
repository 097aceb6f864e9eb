package dev.javelin.conformance;

/** The error function in double, which the Java library lacks. */
final class ErrorFunction {

    private ErrorFunction() {}

    /** {@code 1 - erf(x)}, without cancellation for positive x. */
    static double complement(double x) {
        if (x < 0) {
            return 2 - complement(-x);
        }
        return x < 2 ? 1 - series(x) : fraction(x);
    }

    /** {@code erf(x) = 2/√π · exp(-x²) · Σ 2^k x^(2k+1) / (1·3·…·(2k+1))}: all terms have one sign. */
    private static double series(double x) {
        double term = x;
        double sum = x;
        for (int k = 1; term > sum * 0x1p-54; k++) {
            term *= 2 * x * x / (2 * k + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    /** The continued fraction of Laplace, {@code exp(-x²)/√π / (x + 1/2/(x + 2/2/(x + 3/2/(x + …))))}. */
    private static double fraction(double x) {
        double tail = x;
        for (int k = 200; k > 0; k--) {
            tail = x + k / 2.0 / tail;
        }
        return Math.exp(-x * x) / Math.sqrt(Math.PI) / tail;
    }
}
