package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * IQ4_XS: 256 weights, 136 bytes; 8 groups of 32 weights, each with a signed 6-bit scale and unevenly spaced levels.
 *
 * <pre>
 *   0        2        4           8                   136
 *   | d f16  | h u16  | s 4 bytes | q 128 bytes       |
 *
 *   scale g: low 4 bits in s[g / 2] (low half for even g), high 2 bits in h, bits 2g and above
 *   q: 16 bytes for each group; byte j of a group: q[j] low half, q[j + 16] high half
 *   weight = d * (scale - 32) * {@link NonLinear}(q)
 * </pre>
 */
final class IQ4_XSCodec extends BlockCodec {

    private static final int GROUPS = 8;
    private static final int GROUP = 32;
    private static final int HALF = GROUP / 2;
    private static final int D = 0;
    private static final int H = 2;
    private static final int S = 4;
    private static final int Q = 8;

    IQ4_XSCodec() {
        super(Format.IQ4_XS);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        float d = LittleEndian.f16(from, block + D);
        int upper = LittleEndian.u16(from, block + H);
        for (int group = 0; group < GROUPS; group++) {
            int scale = LittleEndian.nibble(from, block + S, group) | (((upper >> (2 * group)) & 3) << 4);
            float step = d * (scale - 32);
            long quants = block + Q + (long) group * HALF;
            int first = at + group * GROUP;
            for (int j = 0; j < HALF; j++) {
                int pair = LittleEndian.u8(from, quants + j);
                to[first + j] = step * NonLinear.level(pair & 0xF);
                to[first + j + HALF] = step * NonLinear.level(pair >> 4);
            }
        }
    }
}
