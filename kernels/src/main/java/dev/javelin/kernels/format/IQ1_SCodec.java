package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * IQ1_S: 256 weights, 50 bytes; a code word of 11 bits for 8 weights, a 3-bit scale and a shift for 32.
 *
 * <pre>
 *   0        2                34              50
 *   | d f16  | c 32 bytes     | h 8 x u16     |
 *
 *   group g of 32 weights: h[g] = | shift 1 bit | scale 3 bits | high 3 bits of code words 3, 2, 1, 0 |
 *   code word k of 32: low 8 bits in c[k]
 *   weight = d * (2 * scale + 1) * ({@link Lattice#iq1}[code word][j] + (shift ? -1/8 : 1/8))
 * </pre>
 */
final class IQ1_SCodec extends BlockCodec {

    static final float SHIFT = 0.125f;

    private static final int WORDS = 32;
    private static final int D = 0;
    private static final int C = 2;
    private static final int H = 34;

    IQ1_SCodec() {
        super(Format.IQ1_S);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        Lattice lattice = Lattice.iq1();
        float d = LittleEndian.f16(from, block + D);
        for (int k = 0; k < WORDS; k++) {
            int group = LittleEndian.u16(from, block + H, k / 4);
            float scale = d * (2 * ((group >> 12) & 7) + 1);
            float shift = group >> 15 == 0 ? SHIFT : -SHIFT;
            int upper = (group >> (k % 4 * 3)) & 7;
            int word = LittleEndian.u8(from, block + C + k) | (upper << 8);
            for (int j = 0; j < 8; j++) {
                to[at + k * 8 + j] = scale * (lattice.get(word, j) + shift);
            }
        }
    }
}
