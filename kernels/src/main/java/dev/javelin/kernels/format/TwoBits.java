package dev.javelin.kernels.format;

import java.lang.foreign.MemorySegment;

/**
 * 256 numbers of 2 bits in 64 bytes, in the order that suits a vector of 32 bytes: Q2_K, Q3_K and TQ2_0 have it.
 *
 * <pre>
 *   two halves of 32 bytes for 128 numbers each; in a half, byte l holds numbers l, l + 32, l + 64 and l + 96,
 *   the first in the lowest bits
 * </pre>
 */
final class TwoBits {

    private TwoBits() {}

    static int get(MemorySegment from, long at, int i) {
        long half = at + (i / 128) * 32L;
        int shift = i % 128 / 32 * 2;
        return (LittleEndian.u8(from, half + i % 32) >> shift) & 3;
    }
}
