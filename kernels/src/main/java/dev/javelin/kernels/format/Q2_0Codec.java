package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * Q2_0: 64 weights, 18 bytes, one scale; two bits a weight.
 *
 * <pre>
 *   0        2                18
 *   | d f16  | q 16 bytes     |     weight j: byte j / 4, bits 2(j % 4) and above
 *
 *   weight = d * (q - 1)            one of -d, 0, d, 2d
 * </pre>
 */
final class Q2_0Codec extends BlockCodec {

    private static final int LENGTH = 64;
    private static final int D = 0;
    private static final int Q = 2;

    Q2_0Codec() {
        super(Format.Q2_0);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        float d = LittleEndian.f16(from, block + D);
        for (int j = 0; j < LENGTH; j++) {
            to[at + j] = d * (LittleEndian.crumb(from, block + Q, j) - 1);
        }
    }
}
