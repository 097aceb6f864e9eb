package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * IQ2_S: 256 weights, 82 bytes; a code word of 10 bits and 8 sign bits for 8 weights, a 4-bit scale for 16.
 *
 * <pre>
 *   0        2                34                66          74          82
 *   | d f16  | c 32 bytes     | signs 32 bytes  | h 8 bytes | s 8 bytes |
 *
 *   code word k: low 8 bits in c[k], high 2 bits in bits 2k and 2k + 1 of h
 *   scale of weights 16i .. 16i + 15: half byte i of s
 *   weight = d * (scale + 1/2) / 4 * {@link Lattice#iq2s}[code word][j], with its sign
 * </pre>
 */
final class IQ2_SCodec extends BlockCodec {

    private static final int WORDS = 32;
    private static final int D = 0;
    private static final int C = 2;
    private static final int SIGNS = 34;
    private static final int H = 66;
    private static final int S = 74;

    IQ2_SCodec() {
        super(Format.IQ2_S);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        Lattice lattice = Lattice.iq2s();
        float d = LittleEndian.f16(from, block + D);
        for (int k = 0; k < WORDS; k++) {
            float scale = d * (LittleEndian.nibble(from, block + S, k / 2) + 0.5f) * 0.25f;
            int word = LittleEndian.u8(from, block + C + k) | (LittleEndian.crumb(from, block + H, k) << 8);
            int signs = LittleEndian.u8(from, block + SIGNS + k);
            for (int j = 0; j < 8; j++) {
                to[at + k * 8 + j] = Signs.apply(signs, j, scale * lattice.get(word, j));
            }
        }
    }
}
