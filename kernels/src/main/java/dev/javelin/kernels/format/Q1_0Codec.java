package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * Q1_0: 128 weights, 18 bytes, one scale; the sign is all there is of a weight.
 *
 * <pre>
 *   0        2                18
 *   | d f16  | q 128 bits     |     weight j: byte j / 8, bit j % 8
 *
 *   weight = q == 1 ? d : -d
 * </pre>
 */
final class Q1_0Codec extends BlockCodec {

    private static final int LENGTH = 128;
    private static final int D = 0;
    private static final int Q = 2;

    Q1_0Codec() {
        super(Format.Q1_0);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        float d = LittleEndian.f16(from, block + D);
        for (int j = 0; j < LENGTH; j++) {
            to[at + j] = LittleEndian.bit(from, block + Q, j) == 1 ? d : -d;
        }
    }
}
