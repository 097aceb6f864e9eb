package dev.javelin.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Small unsigned numbers in the lowest bits of 32-bit lanes, turned into floats without a conversion: with the exponent of
 * 2^23 put before them they are {@code 2^23 + q}, from which a subtraction makes {@code q - zero}, exactly.
 *
 * <p>Shifting {@code q} to the top of the mantissa instead, using {@code 1 + q/2^bits} as it is, and making up for that once
 * per chain would save the subtraction. But then a large activation whose weight is near zero leaves its rounding error in
 * the sum: tried, and the error was up to 20 times that of the weights.
 *
 * <p>A record of constants, to be kept in a static final field: the JIT trusts both.
 *
 * @param exponent the bits of 2^23
 * @param base 2^23 + zero
 */
record ByteFields(IntVector mask, IntVector exponent, FloatVector base) {

    /** For numbers of so many bits, of which {@code zero} stands for 0. */
    static ByteFields of(VectorSpecies<Integer> ints, int bits, int zero) {
        IntVector exponent = IntVector.broadcast(ints, Float.floatToRawIntBits(0x1p23f));
        FloatVector base = exponent.reinterpretAsFloats().add(zero);
        return new ByteFields(IntVector.broadcast(ints, (1 << bits) - 1), exponent, base);
    }

    /** {@code q - zero}; what lies above {@code q} is ignored. To be inlined. */
    FloatVector number(IntVector fields) {
        return fields.and(mask).or(exponent).reinterpretAsFloats().sub(base);
    }
}
