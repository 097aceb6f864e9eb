package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * Q4_1: 32 weights, 20 bytes, a scale and a minimum.
 *
 * <pre>
 *   0        2        4                20
 *   | d f16  | m f16  | q 16 bytes     |     byte j: q[j] low half, q[j + 16] high half
 *
 *   weight = d * q + m
 * </pre>
 */
final class Q4_1Codec extends EncodingCodec {

    private static final int LENGTH = 32;
    private static final int HALF = LENGTH / 2;
    private static final int D = 0;
    private static final int M = 2;
    private static final int Q = 4;
    private static final int LAST = 15;

    Q4_1Codec() {
        super(Format.Q4_1);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        float d = LittleEndian.f16(from, block + D);
        float m = LittleEndian.f16(from, block + M);
        for (int j = 0; j < HALF; j++) {
            int pair = LittleEndian.u8(from, block + Q + j);
            to[at + j] = d * (pair & 0xF) + m;
            to[at + j + HALF] = d * (pair >> 4) + m;
        }
    }

    @Override
    void encodeBlock(float[] from, int at, MemorySegment to, long block) {
        float min = Extent.min(from, at, LENGTH);
        float d = (Extent.max(from, at, LENGTH) - min) / LAST;
        float inverse = Extent.inverse(d);
        LittleEndian.setF16(to, block + D, d);
        LittleEndian.setF16(to, block + M, min);
        for (int j = 0; j < HALF; j++) {
            int low = Extent.truncate((from[at + j] - min) * inverse + 0.5f, LAST);
            int high = Extent.truncate((from[at + j + HALF] - min) * inverse + 0.5f, LAST);
            LittleEndian.setI8(to, block + Q + j, low | (high << 4));
        }
    }
}
