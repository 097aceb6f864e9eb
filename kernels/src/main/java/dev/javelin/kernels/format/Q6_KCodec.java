package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * Q6_K: 256 weights, 210 bytes; 16 groups of 16 weights, each with a signed 8-bit scale; the upper two bits apart.
 *
 * <pre>
 *   0                   128            192          208      210
 *   | q 128 bytes       | h 64 bytes   | s 16 bytes | d f16  |
 *
 *   q: two halves of 64 bytes for 128 weights each; byte l of a half: weight l low half, weight l + 64 high half
 *   h: the upper two bits, in the order of {@link TwoBits}
 *   weight = d * s * ((q | h << 4) - 32)
 * </pre>
 */
final class Q6_KCodec extends BlockCodec {

    private static final int LENGTH = 256;
    private static final int GROUP = 16;
    private static final int Q = 0;
    private static final int H = 128;
    private static final int S = 192;
    private static final int D = 208;

    Q6_KCodec() {
        super(Format.Q6_K);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        float d = LittleEndian.f16(from, block + D);
        for (int i = 0; i < LENGTH; i += GROUP) {
            float scale = d * LittleEndian.i8(from, block + S + i / GROUP);
            for (int j = i; j < i + GROUP; j++) {
                long half = block + Q + (j / 128) * 64L;
                int low = (LittleEndian.u8(from, half + j % 64) >> (j % 128 / 64 * 4)) & 0xF;
                int q = low | (TwoBits.get(from, block + H, j) << 4);
                to[at + j] = scale * (q - 32);
            }
        }
    }
}
