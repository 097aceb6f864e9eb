package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * Q5_0: 32 weights, 22 bytes, one scale, the fifth bits apart.
 *
 * <pre>
 *   0        2          6                22
 *   | d f16  | h 32 bit | q 16 bytes     |     byte j: low 4 bits of weight j in its low half, of j + 16 in its high half
 *                                              bit j of h: the fifth bit of weight j
 *   weight = d * ((q | h << 4) - 16)
 * </pre>
 */
final class Q5_0Codec extends EncodingCodec {

    private static final int LENGTH = 32;
    private static final int HALF = LENGTH / 2;
    private static final int D = 0;
    private static final int H = 2;
    private static final int Q = 6;
    private static final int ZERO = 16;

    Q5_0Codec() {
        super(Format.Q5_0);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        float d = LittleEndian.f16(from, block + D);
        int fifth = LittleEndian.i32(from, block + H);
        for (int j = 0; j < HALF; j++) {
            int pair = LittleEndian.u8(from, block + Q + j);
            int low = (pair & 0xF) | (((fifth >>> j) & 1) << 4);
            int high = (pair >> 4) | (((fifth >>> (j + HALF)) & 1) << 4);
            to[at + j] = d * (low - ZERO);
            to[at + j + HALF] = d * (high - ZERO);
        }
    }

    @Override
    void encodeBlock(float[] from, int at, MemorySegment to, long block) {
        float d = Extent.peak(from, at, LENGTH) / -ZERO;
        float inverse = Extent.inverse(d);
        int fifth = 0;
        for (int j = 0; j < HALF; j++) {
            int low = quant(from[at + j] * inverse);
            int high = quant(from[at + j + HALF] * inverse);
            LittleEndian.setI8(to, block + Q + j, (low & 0xF) | ((high & 0xF) << 4));
            fifth |= ((low >> 4) << j) | ((high >> 4) << (j + HALF));
        }
        LittleEndian.setF16(to, block + D, d);
        LittleEndian.setI32(to, block + H, fifth);
    }

    private static int quant(float scaled) {
        return Extent.truncate(scaled + (ZERO + 0.5f), 31);
    }
}
