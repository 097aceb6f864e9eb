package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * IQ1_M: 256 weights, 56 bytes; a code word of 11 bits and a shift for 8 weights, a 3-bit scale for 16.
 *
 * <pre>
 *   0                32           48            56
 *   | c 32 bytes     | h 16 bytes | s 4 x u16   |
 *
 *   s[i] = | 4 bits of d | scales 4i + 3, 4i + 2, 4i + 1, 4i |         d f16: its lowest 4 bits are in s[0]
 *   code word k of 32: low 8 bits in c[k]; half byte k of h = | shift 1 bit | high 3 bits of the code word |
 *   weight = d * (2 * scale + 1) * ({@link Lattice#iq1}[code word][j] + (shift ? -1/8 : 1/8))
 * </pre>
 */
final class IQ1_MCodec extends BlockCodec {

    private static final int WORDS = 32;
    private static final int C = 0;
    private static final int H = 32;
    private static final int S = 48;

    IQ1_MCodec() {
        super(Format.IQ1_M);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        Lattice lattice = Lattice.iq1();
        float d = scale(from, block + S);
        for (int k = 0; k < WORDS; k++) {
            int scales = LittleEndian.u16(from, block + S, k / 8);
            int scaleShift = k % 8 / 2 * 3;
            float scale = d * (2 * ((scales >> scaleShift) & 7) + 1);
            int upper = LittleEndian.nibble(from, block + H, k);
            float shift = upper >> 3 == 0 ? IQ1_SCodec.SHIFT : -IQ1_SCodec.SHIFT;
            int word = LittleEndian.u8(from, block + C + k) | ((upper & 7) << 8);
            for (int j = 0; j < 8; j++) {
                to[at + k * 8 + j] = scale * (lattice.get(word, j) + shift);
            }
        }
    }

    /** The scale of the block, gathered from the top bits of the four words. */
    private static float scale(MemorySegment from, long at) {
        int bits = 0;
        for (int i = 0; i < 4; i++) {
            bits |= (LittleEndian.u16(from, at, i) >> 12) << (4 * i);
        }
        return Float.float16ToFloat((short) bits);
    }

    /** Scatters the scale of a block over the four words at {@code at}, whose other bits stay. */
    static void setScale(MemorySegment to, long at, float scale) {
        int bits = Float.floatToFloat16(scale);
        for (int i = 0; i < 4; i++) {
            int kept = LittleEndian.u16(to, at, i) & 0x0FFF;
            LittleEndian.setI16(to, at + (long) i * Short.BYTES, kept | ((bits >> (4 * i)) & 0xF) << 12);
        }
    }
}
