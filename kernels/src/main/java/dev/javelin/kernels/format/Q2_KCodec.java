package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * Q2_K: 256 weights, 84 bytes; 16 groups of 16 weights, each with a 4-bit scale and a 4-bit minimum.
 *
 * <pre>
 *   0            16                 80       82       84
 *   | s 16 bytes | q 64 bytes       | d f16  | m f16  |
 *
 *   group g:  scale = s[g] low half, minimum = s[g] high half
 *   q: two halves of 32 bytes for 128 weights each; weight 32k + l of a half is in byte l, bits 2k and 2k + 1
 *   weight = d * scale * q - m * minimum
 * </pre>
 */
final class Q2_KCodec extends BlockCodec {

    private static final int LENGTH = 256;
    private static final int GROUP = 16;
    private static final int S = 0;
    private static final int Q = 16;
    private static final int D = 80;
    private static final int M = 82;

    Q2_KCodec() {
        super(Format.Q2_K);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        float d = LittleEndian.f16(from, block + D);
        float m = LittleEndian.f16(from, block + M);
        for (int i = 0; i < LENGTH; i += GROUP) {
            int scales = LittleEndian.u8(from, block + S + i / GROUP);
            float scale = d * (scales & 0xF);
            float minimum = m * (scales >> 4);
            for (int j = i; j < i + GROUP; j++) {
                to[at + j] = scale * TwoBits.get(from, block + Q, j) - minimum;
            }
        }
    }
}
