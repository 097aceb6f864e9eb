package dev.javelin.cpu;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.OR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * IEEE half precision numbers in the halves of 32-bit lanes, turned into floats: there is no vector conversion for them.
 * Exact, subnormals, infinities and NaN included. To be inlined.
 */
final class HalfFloats {
    private static final int LOW = 0xFFFF;
    private static final int SIGN = 0x8000;
    private static final int REST = 0x7FFF;
    private static final int EXPONENT = 0x7C00;
    private static final int F32_EXPONENT = 0x7F800000;

    /** Mantissas differ by so many bits. */
    private static final int SHIFT = 13;

    /** Exponents differ by 112; a product takes care of subnormals too, an addition would not. */
    private static final float SCALE = 0x1p112f;

    private HalfFloats() {}

    /** The numbers in the lower halves, or in the upper ones if {@code high} is 1. */
    static FloatVector half(IntVector pairs, int high) {
        return widen(pairs.lanewise(LSHR, high * Short.SIZE).and(LOW));
    }

    /** The numbers in lanes that are zero above bit 15. */
    static FloatVector widen(IntVector halves) {
        IntVector magnitude = halves.and(REST);
        IntVector sign = halves.and(SIGN).lanewise(LSHL, Short.SIZE);
        IntVector finite = magnitude
                .lanewise(LSHL, SHIFT)
                .reinterpretAsFloats()
                .mul(SCALE)
                .reinterpretAsInts()
                .or(sign);
        VectorMask<Integer> special = halves.and(EXPONENT).compare(EQ, EXPONENT);
        return finite.lanewise(OR, F32_EXPONENT, special).reinterpretAsFloats();
    }
}
