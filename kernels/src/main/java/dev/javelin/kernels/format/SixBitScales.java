package dev.javelin.kernels.format;

import java.lang.foreign.MemorySegment;

/**
 * Eight scales and eight minimums of 6 bits in 12 bytes, as in Q4_K and Q5_K.
 *
 * <pre>
 *   byte      bits 7-6               bits 5-0
 *   0 .. 3    scale 4..7, bits 5-4   scale 0..3
 *   4 .. 7    min 4..7, bits 5-4     min 0..3
 *
 *             bits 7-4               bits 3-0
 *   8 .. 11   min 4..7, bits 3-0     scale 4..7, bits 3-0
 * </pre>
 */
final class SixBitScales {

    private SixBitScales() {}

    static int scale(MemorySegment from, long at, int group) {
        if (group < 4) {
            return LittleEndian.u8(from, at + group) & 0x3F;
        }
        int low = LittleEndian.u8(from, at + group + 4) & 0xF;
        return low | ((LittleEndian.u8(from, at + group - 4) >> 6) << 4);
    }

    static int minimum(MemorySegment from, long at, int group) {
        if (group < 4) {
            return LittleEndian.u8(from, at + group + 4) & 0x3F;
        }
        int low = LittleEndian.u8(from, at + group + 4) >> 4;
        return low | ((LittleEndian.u8(from, at + group) >> 6) << 4);
    }
}
