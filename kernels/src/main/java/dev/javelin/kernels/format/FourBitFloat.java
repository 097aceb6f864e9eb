package dev.javelin.kernels.format;

/**
 * The 4-bit float E2M1 of MXFP4 and NVFP4: sign, two bits of exponent, one of mantissa.
 *
 * <pre>
 *   s ee m      value = ee == 0 ?  m / 2  :  (1 + m / 2) * 2^(ee - 1)        0  0.5  1  1.5  2  3  4  6
 * </pre>
 */
final class FourBitFloat {

    private static final byte[] TWICE = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

    private FourBitFloat() {}

    /** Twice the value, an integer. The negative zero has no sign here. */
    static int twice(int bits) {
        return TWICE[bits];
    }
}
