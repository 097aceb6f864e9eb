package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * Q5_1: 32 weights, 24 bytes, a scale and a minimum, the fifth bits apart.
 *
 * <pre>
 *   0        2        4          8                24
 *   | d f16  | m f16  | h 32 bit | q 16 bytes     |     byte j: low 4 bits of weight j and, in the high half, of j + 16
 *                                                       bit j of h: the fifth bit of weight j
 *   weight = d * (q | h << 4) + m
 * </pre>
 */
final class Q5_1Codec extends EncodingCodec {

    private static final int LENGTH = 32;
    private static final int HALF = LENGTH / 2;
    private static final int D = 0;
    private static final int M = 2;
    private static final int H = 4;
    private static final int Q = 8;
    private static final int LAST = 31;

    Q5_1Codec() {
        super(Format.Q5_1);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        float d = LittleEndian.f16(from, block + D);
        float m = LittleEndian.f16(from, block + M);
        int fifth = LittleEndian.i32(from, block + H);
        for (int j = 0; j < HALF; j++) {
            int pair = LittleEndian.u8(from, block + Q + j);
            int low = (pair & 0xF) | (((fifth >>> j) & 1) << 4);
            int high = (pair >> 4) | (((fifth >>> (j + HALF)) & 1) << 4);
            to[at + j] = d * low + m;
            to[at + j + HALF] = d * high + m;
        }
    }

    @Override
    void encodeBlock(float[] from, int at, MemorySegment to, long block) {
        float min = Extent.min(from, at, LENGTH);
        float d = (Extent.max(from, at, LENGTH) - min) / LAST;
        float inverse = Extent.inverse(d);
        int fifth = 0;
        for (int j = 0; j < HALF; j++) {
            int low = Extent.truncate((from[at + j] - min) * inverse + 0.5f, LAST);
            int high = Extent.truncate((from[at + j + HALF] - min) * inverse + 0.5f, LAST);
            LittleEndian.setI8(to, block + Q + j, (low & 0xF) | ((high & 0xF) << 4));
            fifth |= ((low >> 4) << j) | ((high >> 4) << (j + HALF));
        }
        LittleEndian.setF16(to, block + D, d);
        LittleEndian.setF16(to, block + M, min);
        LittleEndian.setI32(to, block + H, fifth);
    }
}
