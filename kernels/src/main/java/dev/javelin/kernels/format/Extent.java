package dev.javelin.kernels.format;

/**
 * The range of a block's elements, and the roundings by which encoders map it to integers.
 *
 * <p>An element that is NaN or infinite makes the range NaN. Then the scale of the block is NaN, and all of the block decodes
 * to NaN: a bad number is noticed later instead of being clipped to an ordinary one.
 */
final class Extent {

    private Extent() {}

    /** The element of greatest magnitude, with its sign; the first of several. */
    static float peak(float[] from, int at, int count) {
        float peak = 0;
        for (int i = at; i < at + count; i++) {
            if (!Float.isFinite(from[i])) {
                return Float.NaN;
            }
            if (Math.abs(from[i]) > Math.abs(peak)) {
                peak = from[i];
            }
        }
        return peak;
    }

    /** The least element. */
    static float min(float[] from, int at, int count) {
        float min = Float.MAX_VALUE;
        for (int i = at; i < at + count; i++) {
            if (!Float.isFinite(from[i])) {
                return Float.NaN;
            }
            min = from[i] < min ? from[i] : min; // of two zeros the first, unlike Math.min
        }
        return min;
    }

    /** The greatest element. */
    static float max(float[] from, int at, int count) {
        float max = -Float.MAX_VALUE;
        for (int i = at; i < at + count; i++) {
            if (!Float.isFinite(from[i])) {
                return Float.NaN;
            }
            max = from[i] > max ? from[i] : max;
        }
        return max;
    }

    /** What to multiply with instead of dividing by {@code scale}. */
    static float inverse(float scale) {
        return scale == 0 ? 0 : 1 / scale;
    }

    /** Drops the fraction, limited to 0 and {@code last}. NaN gives 0. */
    static int truncate(float value, int last) {
        return Math.clamp((int) value, 0, last);
    }

    /** Rounds to nearest, ties away from zero, limited to {@code last} on both sides. NaN gives 0. */
    static int round(float value, int last) {
        int magnitude = (int) Math.min(Math.abs((double) value) + 0.5, last); // in double the sum is exact
        return value < 0 ? -magnitude : magnitude;
    }

    /** Rounds to nearest, ties to even, limited to {@code last} on both sides. NaN gives 0. */
    static int roundEven(float value, int last) {
        return Math.clamp((int) Math.rint(value), -last, last);
    }
}
