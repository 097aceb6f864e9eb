package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * IQ2_XS: 256 weights, 74 bytes; a code word of 9 bits and 7 sign bits for 8 weights, a 4-bit scale for 16.
 *
 * <pre>
 *   0        2                  66          74
 *   | d f16  | c 32 x u16       | s 8 bytes |
 *
 *   c[k] = | signs 7 bits | code word 9 bits |        scale of weights 16i .. 16i + 15: half byte i of s
 *   weight = d * (scale + 1/2) / 4 * {@link Lattice#iq2xs}[code word][j], with its sign
 * </pre>
 */
final class IQ2_XSCodec extends BlockCodec {

    private static final int WORDS = 32;
    private static final int D = 0;
    private static final int C = 2;
    private static final int S = 66;

    IQ2_XSCodec() {
        super(Format.IQ2_XS);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        Lattice lattice = Lattice.iq2xs();
        float d = LittleEndian.f16(from, block + D);
        for (int k = 0; k < WORDS; k++) {
            float scale = d * (LittleEndian.nibble(from, block + S, k / 2) + 0.5f) * 0.25f;
            int packed = LittleEndian.u16(from, block + C, k);
            int signs = Signs.ofSeven(packed >> 9);
            for (int j = 0; j < 8; j++) {
                to[at + k * 8 + j] = Signs.apply(signs, j, scale * lattice.get(packed & 0x1FF, j));
            }
        }
    }
}
