package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * Q3_K: 256 weights, 110 bytes; 16 groups of 16 weights, each with a signed 6-bit scale; the third bits apart.
 *
 * <pre>
 *   0            32                 96            108      110
 *   | h 32 bytes | q 64 bytes       | s 12 bytes  | d f16  |
 *
 *   h: weight 32k + l has its third bit in byte l, bit k
 *   q: the lower two bits, in the order of {@link TwoBits}
 *   s: scale g has its low 4 bits in byte g % 8 (low half for g below 8, high half above)
 *      and its high 2 bits in byte 8 + g % 4, bits 2(g / 4) and above
 *   weight = d * (scale - 32) * ((q | h << 2) - 4)
 * </pre>
 */
final class Q3_KCodec extends BlockCodec {

    private static final int LENGTH = 256;
    private static final int GROUP = 16;
    private static final int H = 0;
    private static final int Q = 32;
    private static final int S = 96;
    private static final int D = 108;

    Q3_KCodec() {
        super(Format.Q3_K);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        float d = LittleEndian.f16(from, block + D);
        for (int i = 0; i < LENGTH; i += GROUP) {
            float scale = d * (scale(from, block + S, i / GROUP) - 32);
            for (int j = i; j < i + GROUP; j++) {
                int third = (LittleEndian.u8(from, block + H + j % 32) >> (j / 32)) & 1;
                int q = TwoBits.get(from, block + Q, j) | (third << 2);
                to[at + j] = scale * (q - 4);
            }
        }
    }

    private static int scale(MemorySegment from, long at, int group) {
        int low = (LittleEndian.u8(from, at + group % 8) >> (group / 8 * 4)) & 0xF;
        int high = (LittleEndian.u8(from, at + 8 + group % 4) >> (group / 4 * 2)) & 3;
        return low | (high << 4);
    }
}
