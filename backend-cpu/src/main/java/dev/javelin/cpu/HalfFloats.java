package dev.javelin.cpu;

/**
 * How IEEE half precision numbers in 32-bit lanes become floats: there is no vector conversion for them. Exact, subnormals,
 * infinities and NaN included.
 *
 * <pre>
 *   F16, shifted to the top:          s eeeee mmmmmmmmmm 0000000000000000
 *   and down by 3, keeping the sign:  s sss eeeee mmmmmmmmmm 0000000000000    without the copies of s an F32, times 2^-112
 * </pre>
 *
 * <p>Constants only: the steps are written out wherever they are needed, because vectors never cross a method of ours; see
 * {@code docs/decisions/0005-vector-width.md}.
 */
final class HalfFloats {
    /** How far a sign is copied down by shifting. */
    static final int DOWN = 3;

    /** Sign, exponent and mantissa. */
    static final int KEPT = 0x8FFFE000;

    /** The exponent of infinities and NaN. */
    static final int SPECIAL = 0x0F800000;

    /** What makes a special number one in F32. */
    static final int INFINITY = 0x7F800000;

    /** A product takes care of subnormals too; an addition to the exponent would not. */
    static final float SCALE = 0x1p112f;

    private HalfFloats() {}
}
