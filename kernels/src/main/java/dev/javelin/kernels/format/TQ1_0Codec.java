package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * TQ1_0: 256 ternary weights, 54 bytes, one scale; five weights to the byte.
 *
 * <pre>
 *   0                32           48         52       54
 *   | a 32 bytes     | b 16 bytes | c 4 bytes | d f16  |
 *
 *   a: weights   0 .. 159, byte l holds weights l, l + 32, ... l + 128
 *   b: weights 160 .. 239, byte l holds weights 160 + l, 160 + l + 16, ... 160 + l + 64
 *   c: weights 240 .. 255, byte l holds weights 240 + l, 240 + l + 4, ... 240 + l + 12
 *
 *   A byte is a fraction of 256 whose digits in base three are the weights plus one: digit n is the integer part of
 *   3 * fraction(byte * 3^n / 256).
 *   weight = d * (digit - 1)
 * </pre>
 */
final class TQ1_0Codec extends BlockCodec {

    private static final int A = 0;
    private static final int B = 32;
    private static final int C = 48;
    private static final int D = 52;

    TQ1_0Codec() {
        super(Format.TQ1_0);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        float d = LittleEndian.f16(from, block + D);
        digits(from, block + A, 32, 5, d, to, at);
        digits(from, block + B, 16, 5, d, to, at + 160);
        digits(from, block + C, 4, 4, d, to, at + 240);
    }

    /** Decodes {@code bytes} bytes of {@code digits} digits each. */
    private static void digits(MemorySegment from, long first, int bytes, int digits, float d, float[] to, int at) {
        for (int l = 0; l < bytes; l++) {
            int fraction = LittleEndian.u8(from, first + l);
            for (int n = 0; n < digits; n++) {
                fraction *= 3;
                to[at + n * bytes + l] = d * ((fraction >> 8) - 1);
                fraction &= 0xFF;
            }
        }
    }
}
