package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * IQ3_XXS: 256 weights, 98 bytes; a code word of 8 bits for 4 weights, 7 sign bits for 8, a 4-bit scale for 32.
 *
 * <pre>
 *   0        2                   66              98
 *   | d f16  | c 64 bytes        | g 8 x u32     |
 *
 *   g[i] for weights 32i .. 32i + 31 = scale 4 bits, signs of eight weights each, 3, 2, 1, 0, of 7 bits
 *   weight = d * (scale + 1/2) / 2 * {@link Lattice#iq3xxs}[code word][j], with its sign
 * </pre>
 */
final class IQ3_XXSCodec extends BlockCodec {

    private static final int LENGTH = 256;
    private static final int D = 0;
    private static final int C = 2;
    private static final int G = 66;

    IQ3_XXSCodec() {
        super(Format.IQ3_XXS);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        Lattice lattice = Lattice.iq3xxs();
        float d = LittleEndian.f16(from, block + D);
        for (int i = 0; i < LENGTH; i += 8) {
            int packed = LittleEndian.i32(from, block + G, i / 32);
            float scale = d * ((packed >>> 28) + 0.5f) * 0.5f;
            int signs = Signs.ofSeven((packed >>> (i % 32 / 8 * 7)) & 0x7F);
            for (int j = 0; j < 8; j++) {
                int word = LittleEndian.u8(from, block + C + (i + j) / 4);
                to[at + i + j] = Signs.apply(signs, j, scale * lattice.get(word, j % 4));
            }
        }
    }
}
