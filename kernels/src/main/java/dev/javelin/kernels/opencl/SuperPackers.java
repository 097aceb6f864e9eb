package dev.javelin.kernels.opencl;

import static dev.javelin.kernels.opencl.BlockBits.bits;
import static dev.javelin.kernels.opencl.BlockBits.i32;
import static dev.javelin.kernels.opencl.BlockBits.i64;
import static dev.javelin.kernels.opencl.BlockBits.nibbles;
import static dev.javelin.kernels.opencl.BlockBits.pairs;
import static dev.javelin.kernels.opencl.BlockBits.u16;
import static dev.javelin.kernels.opencl.BlockBits.u8;

import java.lang.foreign.MemorySegment;

/** The K formats and IQ4_XS: 256 weights, whose groups have small scales of their own. */
final class SuperPackers {
    private static final int CHUNKS = 8;

    private SuperPackers() {}

    static void q2_k(MemorySegment from, long at, int block, TilePlanes to) {
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            int unit = CHUNKS * block + chunk;
            to.putLong(0, unit, 0, pairs(from, at + 16 + chunk / 4 * 32L, chunk % 4 * 2));
            to.putShort(1, unit, 0, u16(from, at + 2L * chunk));
        }
        to.putInt(2, block, 0, i32(from, at + 80));
    }

    static void q3_k(MemorySegment from, long at, int block, TilePlanes to) {
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            int unit = CHUNKS * block + chunk;
            to.putLong(0, unit, 0, pairs(from, at + 32 + chunk / 4 * 32L, chunk % 4 * 2));
            to.putInt(1, unit, 0, bits(from, at, chunk));
            to.putByte(2, unit, 0, thirdScale(from, at + 96, 2 * chunk));
            to.putByte(2, unit, 1, thirdScale(from, at + 96, 2 * chunk + 1));
        }
        to.putShort(3, block, 0, u16(from, at + 108));
    }

    private static int thirdScale(MemorySegment from, long at, int group) {
        int low = (u8(from, at + group % 8) >> (group / 8 * 4)) & 0xF;
        int high = (u8(from, at + 8 + group % 4) >> (group / 4 * 2)) & 3;
        return (low | (high << 4)) - 32;
    }

    static void q4_k(MemorySegment from, long at, int block, TilePlanes to) {
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            int unit = CHUNKS * block + chunk;
            halves(from, at + 16 + chunk / 2 * 32L, chunk % 2 == 1, unit, to);
            to.putShort(1, unit, 0, sixBits(from, at + 4, chunk));
        }
        to.putInt(2, block, 0, i32(from, at));
    }

    static void q5_k(MemorySegment from, long at, int block, TilePlanes to) {
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            int unit = CHUNKS * block + chunk;
            halves(from, at + 48 + chunk / 2 * 32L, chunk % 2 == 1, unit, to);
            to.putInt(1, unit, 0, bits(from, at + 16, chunk));
            to.putShort(2, unit, 0, sixBits(from, at + 4, chunk));
        }
        to.putInt(3, block, 0, i32(from, at));
    }

    static void q6_k(MemorySegment from, long at, int block, TilePlanes to) {
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            int unit = CHUNKS * block + chunk;
            halves(from, at + chunk / 4 * 64L + chunk % 2 * 32L, chunk % 4 > 1, unit, to);
            to.putLong(1, unit, 0, pairs(from, at + 128 + chunk / 4 * 32L, chunk % 4 * 2));
            to.putShort(2, unit, 0, u16(from, at + 192 + 2L * chunk));
        }
        to.putShort(3, block, 0, u16(from, at + 208));
    }

    static void iq4_xs(MemorySegment from, long at, int block, TilePlanes to) {
        int upper = u16(from, at + 2);
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            int unit = CHUNKS * block + chunk;
            SimplePackers.fourBits(from, at + 8 + 16L * chunk, unit, to);
            int low = (u8(from, at + 4 + chunk / 2) >> (chunk % 2 * 4)) & 0xF;
            to.putByte(1, unit, 0, (low | (((upper >> (2 * chunk)) & 3) << 4)) - 32);
        }
        to.putShort(2, block, 0, u16(from, at));
    }

    /** The low or the high halves of 32 bytes are the quants of a chunk. */
    private static void halves(MemorySegment from, long at, boolean high, int unit, TilePlanes to) {
        to.put16(
                0,
                unit,
                nibbles(i64(from, at), i64(from, at + 16), high),
                nibbles(i64(from, at + 8), i64(from, at + 24), high));
    }

    /** The scale of a group, and its minimum in the upper byte. */
    private static int sixBits(MemorySegment from, long at, int group) {
        if (group < 4) {
            return (u8(from, at + group) & 0x3F) | (u8(from, at + group + 4) & 0x3F) << 8;
        }
        int both = u8(from, at + group + 4);
        int scale = (both & 0xF) | (u8(from, at + group - 4) >> 6) << 4;
        int minimum = (both >> 4) | (u8(from, at + group) >> 6) << 4;
        return scale | minimum << 8;
    }
}
