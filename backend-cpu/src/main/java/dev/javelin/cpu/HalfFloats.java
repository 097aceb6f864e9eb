package dev.javelin.cpu;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.OR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * IEEE half precision numbers in the halves of 32-bit lanes, turned into floats: there is no vector conversion for them.
 * Exact, subnormals, infinities and NaN included.
 *
 * <pre>
 *   F16, shifted to the top:          s eeeee mmmmmmmmmm 0000000000000000
 *   and down by 3, keeping the sign:  s sss eeeee mmmmmmmmmm 0000000000000    without the copies of s an F32, times 2^-112
 * </pre>
 *
 * <p>A record of constants, to be kept in a static final field: the JIT trusts both.
 *
 * @param kept sign, exponent and mantissa
 * @param special the exponent of infinities and NaN
 * @param scale 2^112; a product takes care of subnormals too, an addition to the exponent would not
 * @param infinity the bits that make a special number one in F32
 */
record HalfFloats(IntVector kept, IntVector special, FloatVector scale, IntVector infinity) {

    static HalfFloats of(VectorSpecies<Integer> ints) {
        IntVector scale = IntVector.broadcast(ints, Float.floatToRawIntBits(0x1p112f));
        return new HalfFloats(
                IntVector.broadcast(ints, 0x8FFFE000),
                IntVector.broadcast(ints, 0x0F800000),
                scale.reinterpretAsFloats(),
                IntVector.broadcast(ints, 0x7F800000));
    }

    /** The numbers in the lower halves, or in the upper ones if {@code which} is 1. To be inlined. */
    FloatVector half(IntVector pairs, int which) {
        return top(pairs.lanewise(LSHL, Short.SIZE - which * Short.SIZE));
    }

    private FloatVector top(IntVector halves) {
        IntVector bits = halves.lanewise(ASHR, 3).and(kept);
        VectorMask<Integer> isSpecial = bits.and(special).compare(EQ, special);
        FloatVector finite = bits.reinterpretAsFloats().mul(scale);
        return finite.reinterpretAsInts().lanewise(OR, infinity, isSpecial).reinterpretAsFloats();
    }
}
