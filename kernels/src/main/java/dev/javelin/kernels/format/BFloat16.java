package dev.javelin.kernels.format;

/**
 * Converts between {@code float} and bfloat16, the upper half of a float. Its F16 counterpart is in {@link Float}.
 *
 * <pre>
 *   float     s eeeeeeee mmmmmmm mmmmmmmmmmmmmmmm
 *   bfloat16  s eeeeeeee mmmmmmm
 * </pre>
 */
public final class BFloat16 {

    private static final int QUIET = 0x0040;

    private BFloat16() {}

    /** The float with the same value, NaN payloads included. */
    public static float toFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** Rounds to nearest, ties to even. Subnormals are kept, overflow becomes infinity, a NaN stays one and becomes quiet. */
    public static short ofFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int upper = bits >>> 16;
        if (Float.isNaN(value)) {
            return (short) (upper | QUIET);
        }
        // Just under a half always, and the missing bit where the kept part is odd: a tie then goes to the even one.
        return (short) ((bits + 0x7FFF + (upper & 1)) >>> 16);
    }
}
