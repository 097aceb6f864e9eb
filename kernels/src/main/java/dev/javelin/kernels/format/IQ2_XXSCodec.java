package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * IQ2_XXS: 256 weights, 66 bytes; a code word of 8 bits and 7 sign bits for 8 weights, a 4-bit scale for 32.
 *
 * <pre>
 *   0        2                             66
 *   | d f16  | 8 groups of 8 bytes         |
 *
 *   group:  | code words 0, 1, 2, 3 as bytes | u32 = scale 4 bits, signs of words 3, 2, 1, 0 of 7 bits |
 *   weight = d * (scale + 1/2) / 4 * {@link Lattice#iq2xxs}[code word][j], with its sign
 * </pre>
 */
final class IQ2_XXSCodec extends BlockCodec {

    private static final int GROUPS = 8;
    private static final long GROUP_BYTES = 8;
    private static final int D = 0;
    private static final int G = 2;
    private static final int SIGNS = 4; // within a group

    IQ2_XXSCodec() {
        super(Format.IQ2_XXS);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        Lattice lattice = Lattice.iq2xxs();
        float d = LittleEndian.f16(from, block + D);
        for (int g = 0; g < GROUPS; g++) {
            long group = block + G + g * GROUP_BYTES;
            int packed = LittleEndian.i32(from, group + SIGNS);
            float scale = d * ((packed >>> 28) + 0.5f) * 0.25f;
            for (int k = 0; k < 4; k++) {
                int word = LittleEndian.u8(from, group + k);
                int signs = Signs.ofSeven((packed >>> (7 * k)) & 0x7F);
                for (int j = 0; j < 8; j++) {
                    to[at + g * 32 + k * 8 + j] = Signs.apply(signs, j, scale * lattice.get(word, j));
                }
            }
        }
    }
}
