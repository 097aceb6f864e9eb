package dev.javelin.kernels.opencl;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Reads blocks, and rearranges the bits of eight bytes at a time into the order in which chunks have them. */
final class BlockBits {
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final long NIBBLES = 0x0F0F_0F0F_0F0F_0F0FL;
    private static final long PAIRS = 0x0303_0303_0303_0303L;
    private static final long ONES = 0x0101_0101_0101_0101L;

    /** Multiplied with eight bytes that are 0 or 1, it brings byte i to bit 56 + i; nothing else gets there. */
    private static final long GATHER = 0x0102_0408_1020_4080L;

    private BlockBits() {}

    static int u8(MemorySegment from, long at) {
        return Byte.toUnsignedInt(from.get(ValueLayout.JAVA_BYTE, at));
    }

    static int u16(MemorySegment from, long at) {
        return Short.toUnsignedInt(from.get(I16, at));
    }

    static int i32(MemorySegment from, long at) {
        return from.get(I32, at);
    }

    static long i64(MemorySegment from, long at) {
        return from.get(I64, at);
    }

    /** The half bytes, low or high, of eight bytes, with those of eight others above them. */
    static long nibbles(long low, long high, boolean upper) {
        return upper ? ((low >>> 4) & NIBBLES) | (high & ~NIBBLES) : (low & NIBBLES) | ((high & NIBBLES) << 4);
    }

    /** The two bits at {@code shift} of 32 bytes: byte i of the result has those of bytes i, i + 8, i + 16 and i + 24. */
    static long pairs(MemorySegment from, long at, int shift) {
        long pairs = 0;
        for (int i = 0; i < 4; i++) {
            pairs |= ((i64(from, at + 8L * i) >>> shift) & PAIRS) << (2 * i);
        }
        return pairs;
    }

    /** The bit at {@code shift} of each of 32 bytes. */
    static int bits(MemorySegment from, long at, int shift) {
        int bits = 0;
        for (int i = 0; i < 4; i++) {
            long eight = (((i64(from, at + 8L * i) >>> shift) & ONES) * GATHER) >>> 56;
            bits |= (int) eight << (8 * i);
        }
        return bits;
    }
}
