package dev.javelin.runtime.sampling;

/**
 * Integers in the order of floats: {@code -Inf} is the lowest, both zeros are equal, and every NaN is above {@code +Inf}. So one
 * maximum over integers, which the JIT turns into vector code as it does not for floats, finds the greatest logit and any NaN.
 */
final class Rank {

    /** The rank of minus infinity. */
    static final int LOWEST = Integer.MIN_VALUE;

    /** The rank of plus infinity; what is above is not a number. */
    static final int INFINITE = 0x7f00_0000;

    /** Moves NaNs with a sign bit, which would be below {@code -Inf}, around the end of the integers to the top. */
    private static final int SHIFT = 0x0080_0000;

    private Rank() {}

    /** The rank of the float with these raw bits. */
    static int of(int bits) {
        int sign = bits >> 31;
        return ((bits & 0x7fff_ffff) ^ sign) - sign - SHIFT;
    }

    static int of(float value) {
        return of(Float.floatToRawIntBits(value));
    }

    /** The float of a rank that is not that of a NaN. */
    static float toFloat(int rank) {
        int magnitude = rank + SHIFT;
        return Float.intBitsToFloat(magnitude < 0 ? -magnitude | 0x8000_0000 : magnitude);
    }

    /** The rank of the least finite float that is at least {@code bound}. */
    static int atLeast(double bound) {
        if (!(bound > -Float.MAX_VALUE)) {
            return LOWEST + 1;
        }
        float rounded = (float) bound;
        return of(rounded < bound ? Math.nextUp(rounded) : rounded);
    }
}
