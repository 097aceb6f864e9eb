package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * Q8_K: 256 weights, 292 bytes, one scale in full precision and sums of the quants. Mostly a format for activations.
 *
 * <pre>
 *   0        4                       260                  292
 *   | d f32  | q 256 signed bytes    | sums 16 x i16      |     sums[k] = q[16k] + ... + q[16k + 15]
 *
 *   weight = d * q
 * </pre>
 */
final class Q8_KCodec extends EncodingCodec {

    private static final int LENGTH = 256;
    private static final int D = 0;
    private static final int Q = 4;
    private static final int SUMS = 260;
    private static final int SUMMED = 16;
    private static final int LAST = 127;

    Q8_KCodec() {
        super(Format.Q8_K);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        float d = LittleEndian.f32(from, block + D);
        for (int j = 0; j < LENGTH; j++) {
            to[at + j] = d * LittleEndian.i8(from, block + Q + j);
        }
    }

    @Override
    void encodeBlock(float[] from, int at, MemorySegment to, long block) {
        // The peak becomes -127; the scale is the inverse of the factor really used, not of the exact quotient.
        float peak = Extent.peak(from, at, LENGTH);
        float inverse = peak == 0 ? 0 : -LAST / peak;
        LittleEndian.setF32(to, block + D, peak == 0 ? 0 : 1 / inverse);
        for (int group = 0; group < LENGTH; group += SUMMED) {
            int sum = 0;
            for (int j = group; j < group + SUMMED; j++) {
                int q = Extent.roundEven(from[at + j] * inverse, LAST);
                LittleEndian.setI8(to, block + Q + j, q);
                sum += q;
            }
            LittleEndian.setI16(to, block + SUMS + group / SUMMED * (long) Short.BYTES, sum);
        }
    }
}
