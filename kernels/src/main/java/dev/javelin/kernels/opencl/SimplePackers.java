package dev.javelin.kernels.opencl;

import static dev.javelin.kernels.opencl.BlockBits.i32;
import static dev.javelin.kernels.opencl.BlockBits.i64;
import static dev.javelin.kernels.opencl.BlockBits.nibbles;
import static dev.javelin.kernels.opencl.BlockBits.pairs;
import static dev.javelin.kernels.opencl.BlockBits.u16;
import static dev.javelin.kernels.opencl.BlockBits.u8;

import java.lang.foreign.MemorySegment;

/** Formats with one scale a block, or one and a minimum. How their blocks look is drawn at their codecs. */
final class SimplePackers {

    private SimplePackers() {}

    /** Sixteen bytes that are four-bit quants in the order of a chunk already. */
    static void fourBits(MemorySegment from, long at, int chunk, TilePlanes to) {
        to.put16(0, chunk, i64(from, at), i64(from, at + 8));
    }

    /** Q4_0 and IQ4_NL. */
    static void q4_0(MemorySegment from, long at, int block, TilePlanes to) {
        fourBits(from, at + 2, block, to);
        to.putShort(1, block, 0, u16(from, at));
    }

    static void q4_1(MemorySegment from, long at, int block, TilePlanes to) {
        fourBits(from, at + 4, block, to);
        to.putInt(1, block, 0, i32(from, at));
    }

    static void q5_0(MemorySegment from, long at, int block, TilePlanes to) {
        fourBits(from, at + 6, block, to);
        to.putInt(1, block, 0, i32(from, at + 2));
        to.putShort(2, block, 0, u16(from, at));
    }

    static void q5_1(MemorySegment from, long at, int block, TilePlanes to) {
        fourBits(from, at + 8, block, to);
        to.putInt(1, block, 0, i32(from, at + 4));
        to.putInt(2, block, 0, i32(from, at));
    }

    static void q8_0(MemorySegment from, long at, int block, TilePlanes to) {
        to.put16(0, 2 * block, i64(from, at + 2), i64(from, at + 10));
        to.put16(0, 2 * block + 1, i64(from, at + 18), i64(from, at + 26));
        to.putShort(1, block, 0, u16(from, at));
    }

    static void q8_k(MemorySegment from, long at, int block, TilePlanes to) {
        for (int i = 0; i < 16; i++) {
            to.put16(0, 16 * block + i, i64(from, at + 4 + 16L * i), i64(from, at + 12 + 16L * i));
        }
        to.putInt(1, block, 0, i32(from, at));
    }

    static void q1_0(MemorySegment from, long at, int block, TilePlanes to) {
        for (int i = 0; i < 4; i++) {
            to.putInt(0, 4 * block + i, 0, i32(from, at + 2 + 4L * i));
        }
        to.putShort(1, block, 0, u16(from, at));
    }

    static void q2_0(MemorySegment from, long at, int block, TilePlanes to) {
        for (int chunk = 0; chunk < 2; chunk++) {
            long bytes = i64(from, at + 2 + 8L * chunk);
            long pairs = 0;
            for (int weight = 0; weight < 32; weight++) { // four to the byte there, eight apart here
                pairs |= ((bytes >>> (2 * weight)) & 3) << (8 * (weight % 8) + 2 * (weight / 8));
            }
            to.putLong(0, 2 * block + chunk, 0, pairs);
        }
        to.putShort(1, block, 0, u16(from, at));
    }

    static void tq2_0(MemorySegment from, long at, int block, TilePlanes to) {
        for (int chunk = 0; chunk < 8; chunk++) {
            to.putLong(0, 8 * block + chunk, 0, pairs(from, at + chunk / 4 * 32L, chunk % 4 * 2));
        }
        to.putShort(1, block, 0, u16(from, at + 64));
    }

    /** Its digits in base three become two bits each, as in TQ2_0. */
    static void tq1_0(MemorySegment from, long at, int block, TilePlanes to) {
        byte[] digits = new byte[256];
        digits(from, at, 32, 5, digits, 0);
        digits(from, at + 32, 16, 5, digits, 160);
        digits(from, at + 48, 4, 4, digits, 240);
        for (int chunk = 0; chunk < 8; chunk++) {
            long pairs = 0;
            for (int weight = 0; weight < 32; weight++) {
                pairs |= (long) digits[32 * chunk + weight] << (8 * (weight % 8) + 2 * (weight / 8));
            }
            to.putLong(0, 8 * block + chunk, 0, pairs);
        }
        to.putShort(1, block, 0, u16(from, at + 52));
    }

    private static void digits(MemorySegment from, long first, int bytes, int count, byte[] to, int at) {
        for (int i = 0; i < bytes; i++) {
            int fraction = u8(from, first + i);
            for (int digit = 0; digit < count; digit++) {
                fraction *= 3;
                to[at + digit * bytes + i] = (byte) (fraction >> 8);
                fraction &= 0xFF;
            }
        }
    }

    static void mxfp4(MemorySegment from, long at, int block, TilePlanes to) {
        fourBits(from, at + 1, block, to);
        to.putByte(1, block, 0, u8(from, at));
    }

    /** Groups of 16 there, chunks of two groups here. */
    static void nvfp4(MemorySegment from, long at, int block, TilePlanes to) {
        for (int chunk = 0; chunk < 2; chunk++) {
            long first = i64(from, at + 4 + 16L * chunk);
            long second = i64(from, at + 12 + 16L * chunk);
            to.put16(0, 2 * block + chunk, nibbles(first, second, false), nibbles(first, second, true));
            to.putShort(1, 2 * block + chunk, 0, u16(from, at + 2L * chunk));
        }
    }
}
