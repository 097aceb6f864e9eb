package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * TQ2_0: 256 ternary weights, 66 bytes, one scale; two bits a weight.
 *
 * <pre>
 *   0                  64       66
 *   | q 64 bytes       | d f16  |     q: in the order of {@link TwoBits}
 *
 *   weight = d * (q - 1)          q = 3 does not occur in ternary weights; it decodes to 2d
 * </pre>
 */
final class TQ2_0Codec extends BlockCodec {

    private static final int LENGTH = 256;
    private static final int Q = 0;
    private static final int D = 64;

    TQ2_0Codec() {
        super(Format.TQ2_0);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        float d = LittleEndian.f16(from, block + D);
        for (int j = 0; j < LENGTH; j++) {
            to[at + j] = d * (TwoBits.get(from, block + Q, j) - 1);
        }
    }
}
