package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * Q4_0: 32 weights, 18 bytes, one scale.
 *
 * <pre>
 *   0        2                18
 *   | d f16  | q 16 bytes     |     byte j: q[j] low half, q[j + 16] high half
 *
 *   weight = d * (q - 8)
 * </pre>
 */
final class Q4_0Codec extends EncodingCodec {

    private static final int LENGTH = 32;
    private static final int HALF = LENGTH / 2;
    private static final int D = 0;
    private static final int Q = 2;
    private static final int ZERO = 8;

    Q4_0Codec() {
        super(Format.Q4_0);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        float d = LittleEndian.f16(from, block + D);
        for (int j = 0; j < HALF; j++) {
            int pair = LittleEndian.u8(from, block + Q + j);
            to[at + j] = d * ((pair & 0xF) - ZERO);
            to[at + j + HALF] = d * ((pair >> 4) - ZERO);
        }
    }

    @Override
    void encodeBlock(float[] from, int at, MemorySegment to, long block) {
        // The peak becomes -8, the end of the range that has one level more than the other.
        float d = Extent.peak(from, at, LENGTH) / -ZERO;
        float inverse = Extent.inverse(d);
        LittleEndian.setF16(to, block + D, d);
        for (int j = 0; j < HALF; j++) {
            int low = quant(from[at + j] * inverse);
            int high = quant(from[at + j + HALF] * inverse);
            LittleEndian.setI8(to, block + Q + j, low | (high << 4));
        }
    }

    private static int quant(float scaled) {
        return Extent.truncate(scaled + (ZERO + 0.5f), 15);
    }
}
