package dev.javelin.cpu;

import static dev.javelin.cpu.Lanes.ORDER;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Four small unsigned numbers in the bytes of each 32-bit lane, turned into floats without a conversion: shifted to the top of
 * the mantissa, with the exponent of 1 put before them, a number {@code q} of {@code bits} bits is {@code 1 + q / 2^bits}; what
 * is subtracted from that makes {@code u}, exactly.
 *
 * <pre>
 *   lane, 4 bits:    . . . q3 . . . q2 . . . q1 . . . q0        what lies between is masked out
 *   shifted left 11: seeeeeeeeq1..                              q1 at bits 22 to 19
 * </pre>
 *
 * Leaving the subtraction out, and making up for it once per chain, would save one instruction. But then a large activation
 * whose weight is near zero leaves its rounding error in the sum: tried, and it was up to 20 times that of the weights.
 *
 * <p>To be inlined: the bits are constants there.
 */
final class ByteFields {
    /** The exponent of 1 in an F32. */
    private static final int ONE = 0x3F800000;

    private static final int MANTISSA = 23;

    private ByteFields() {}

    /** Where the number lies in the mantissa. */
    private static int mask(int bits) {
        return ((1 << bits) - 1) << (MANTISSA - bits);
    }

    /** {@code chain + u0 x[at] + u1 x[at + 1] + u2 x[at + 2] + u3 x[at + 3]}, fused one by one. */
    static FloatVector multiply4(IntVector fields, int bits, float zero, float[] x, int at, FloatVector chain) {
        FloatVector first = u(fields, bits, 0, zero).lanewise(FMA, x[at], chain);
        FloatVector second = u(fields, bits, 1, zero).lanewise(FMA, x[at + 1], first);
        FloatVector third = u(fields, bits, 2, zero).lanewise(FMA, x[at + 2], second);
        return u(fields, bits, 3, zero).lanewise(FMA, x[at + 3], third);
    }

    /** Stores the four {@code u}, one vector after the other. */
    static void store4(IntVector fields, int bits, float zero, MemorySegment to, long at) {
        int bytes = fields.byteSize();
        u(fields, bits, 0, zero).intoMemorySegment(to, at, ORDER);
        u(fields, bits, 1, zero).intoMemorySegment(to, at + bytes, ORDER);
        u(fields, bits, 2, zero).intoMemorySegment(to, at + 2L * bytes, ORDER);
        u(fields, bits, 3, zero).intoMemorySegment(to, at + 3L * bytes, ORDER);
    }

    private static FloatVector u(IntVector fields, int bits, int field, float zero) {
        int left = MANTISSA - bits - field * Byte.SIZE;
        IntVector shifted = left >= 0 ? fields.lanewise(LSHL, left) : fields.lanewise(LSHR, -left);
        return shifted.and(mask(bits)).or(ONE).reinterpretAsFloats().sub(zero);
    }
}
