package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * IQ3_S: 256 weights, 110 bytes; a code word of 9 bits for 4 weights, a sign bit for each, a 4-bit scale for 32.
 *
 * <pre>
 *   0        2                   66          74               106         110
 *   | d f16  | c 64 bytes        | h 8 bytes | signs 32 bytes | s 4 bytes |
 *
 *   code word k: low 8 bits in c[k], the ninth in bit k of h        scale of weights 32i .. 32i + 31: half byte i of s
 *   weight = d * (2 * scale + 1) * {@link Lattice#iq3s}[code word][j], with its sign
 * </pre>
 */
final class IQ3_SCodec extends BlockCodec {

    private static final int LENGTH = 256;
    private static final int D = 0;
    private static final int C = 2;
    private static final int H = 66;
    private static final int SIGNS = 74;
    private static final int S = 106;

    IQ3_SCodec() {
        super(Format.IQ3_S);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        Lattice lattice = Lattice.iq3s();
        float d = LittleEndian.f16(from, block + D);
        for (int i = 0; i < LENGTH; i += 4) {
            int k = i / 4;
            float scale = d * (2 * LittleEndian.nibble(from, block + S, i / 32) + 1);
            int word = LittleEndian.u8(from, block + C + k) | (LittleEndian.bit(from, block + H, k) << 8);
            int signs = LittleEndian.nibble(from, block + SIGNS, k);
            for (int j = 0; j < 4; j++) {
                to[at + i + j] = Signs.apply(signs, j, scale * lattice.get(word, j));
            }
        }
    }
}
