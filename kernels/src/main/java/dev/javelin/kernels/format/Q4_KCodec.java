package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * Q4_K: 256 weights, 144 bytes; 8 groups of 32 weights, each with a 6-bit scale and a 6-bit minimum.
 *
 * <pre>
 *   0        2        4            16                   144
 *   | d f16  | m f16  | s 12 bytes | q 128 bytes        |     s: {@link SixBitScales}
 *
 *   q: four quarters of 32 bytes for 64 weights each; byte l of a quarter: weight l low half, weight l + 32 high half
 *   weight = d * scale * q - m * minimum
 * </pre>
 */
final class Q4_KCodec extends BlockCodec {

    private static final int LENGTH = 256;
    private static final int GROUP = 32;
    private static final int D = 0;
    private static final int M = 2;
    private static final int S = 4;
    private static final int Q = 16;

    Q4_KCodec() {
        super(Format.Q4_K);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        float d = LittleEndian.f16(from, block + D);
        float m = LittleEndian.f16(from, block + M);
        for (int group = 0; group < LENGTH / GROUP; group++) {
            float scale = d * SixBitScales.scale(from, block + S, group);
            float minimum = m * SixBitScales.minimum(from, block + S, group);
            long quarter = block + Q + (group / 2) * (long) GROUP;
            int shift = group % 2 * 4;
            for (int l = 0; l < GROUP; l++) {
                int q = (LittleEndian.u8(from, quarter + l) >> shift) & 0xF;
                to[at + group * GROUP + l] = scale * q - minimum;
            }
        }
    }
}
