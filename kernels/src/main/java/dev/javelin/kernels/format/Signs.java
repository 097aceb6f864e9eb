package dev.javelin.kernels.format;

/** The signs of eight weights, bit j for weight j, as the IQ2 and IQ3 formats have them; set means negative. */
final class Signs {

    private Signs() {}

    /** Completes seven signs: the eighth is such that an even number of weights is negative. */
    static int ofSeven(int bits) {
        return bits | ((Integer.bitCount(bits) & 1) << 7);
    }

    /** {@code value}, negated if bit {@code j} says so. */
    static float apply(int signs, int j, float value) {
        return ((signs >> j) & 1) == 0 ? value : -value;
    }
}
