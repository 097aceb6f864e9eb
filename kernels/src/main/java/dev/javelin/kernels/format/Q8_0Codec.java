package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * Q8_0: 32 weights, 34 bytes, one scale. Also a format for activations and for the KV cache.
 *
 * <pre>
 *   0        2                      34
 *   | d f16  | q 32 signed bytes    |
 *
 *   weight = d * q
 * </pre>
 */
final class Q8_0Codec extends EncodingCodec {

    private static final int LENGTH = 32;
    private static final int D = 0;
    private static final int Q = 2;
    private static final int LAST = 127;

    Q8_0Codec() {
        super(Format.Q8_0);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        float d = LittleEndian.f16(from, block + D);
        for (int j = 0; j < LENGTH; j++) {
            to[at + j] = d * LittleEndian.i8(from, block + Q + j);
        }
    }

    @Override
    void encodeBlock(float[] from, int at, MemorySegment to, long block) {
        float d = Math.abs(Extent.peak(from, at, LENGTH)) / LAST;
        float inverse = Extent.inverse(d);
        LittleEndian.setF16(to, block + D, d);
        for (int j = 0; j < LENGTH; j++) {
            LittleEndian.setI8(to, block + Q + j, Extent.round(from[at + j] * inverse, LAST));
        }
    }
}
