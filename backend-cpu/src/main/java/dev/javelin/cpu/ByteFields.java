package dev.javelin.cpu;

/**
 * How small unsigned numbers in the lowest bits of 32-bit lanes become floats without a conversion: with the exponent of
 * 2^23 put before them they are {@code 2^23 + q}, from which a subtraction makes {@code q - zero}, exactly.
 *
 * <p>Shifting {@code q} to the top of the mantissa instead, using {@code 1 + q/2^bits} as it is, and making up for that once
 * per chain would save the subtraction. But then a large activation whose weight is near zero leaves its rounding error in
 * the sum: tried, and the error was up to 20 times that of the weights.
 *
 * <p>Constants only: the steps are written out wherever they are needed, because vectors never cross a method of ours; see
 * {@code docs/decisions/0005-vector-width.md}.
 */
final class ByteFields {
    /** 2^23; what stands for zero is added to it before it is subtracted. */
    static final float BASE = 0x1p23f;

    /** The bits of {@link #BASE}. */
    static final int EXPONENT = 0x4B000000;

    private ByteFields() {}
}
