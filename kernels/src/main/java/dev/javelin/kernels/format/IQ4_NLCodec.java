package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * IQ4_NL: 32 weights, 18 bytes, one scale; Q4_0 with unevenly spaced levels.
 *
 * <pre>
 *   0        2                18
 *   | d f16  | q 16 bytes     |     byte j: q[j] low half, q[j + 16] high half
 *
 *   weight = d * {@link NonLinear}(q)
 * </pre>
 */
final class IQ4_NLCodec extends BlockCodec {

    private static final int HALF = 16;
    private static final int D = 0;
    private static final int Q = 2;

    IQ4_NLCodec() {
        super(Format.IQ4_NL);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        float d = LittleEndian.f16(from, block + D);
        for (int j = 0; j < HALF; j++) {
            int pair = LittleEndian.u8(from, block + Q + j);
            to[at + j] = d * NonLinear.level(pair & 0xF);
            to[at + j + HALF] = d * NonLinear.level(pair >> 4);
        }
    }
}
