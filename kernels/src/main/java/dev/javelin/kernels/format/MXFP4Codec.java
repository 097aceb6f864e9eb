package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * MXFP4: 32 weights, 17 bytes; 4-bit floats with a power of two as their scale (OCP Microscaling).
 *
 * <pre>
 *   0       1                17
 *   | e u8  | q 16 bytes     |     byte j: q[j] low half, q[j + 16] high half
 *
 *   weight = 2^(e - 127) * {@link FourBitFloat}(q)
 * </pre>
 *
 * The specification makes e = 255 a NaN; ggml reads it as 2^128, and so does this.
 */
final class MXFP4Codec extends BlockCodec {

    private static final int HALF = 16;
    private static final int E = 0;
    private static final int Q = 1;

    MXFP4Codec() {
        super(Format.MXFP4);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        float halfScale = Math.scalb(1f, LittleEndian.u8(from, block + E) - 128); // half: the quants are doubled
        for (int j = 0; j < HALF; j++) {
            int pair = LittleEndian.u8(from, block + Q + j);
            to[at + j] = halfScale * FourBitFloat.twice(pair & 0xF);
            to[at + j + HALF] = halfScale * FourBitFloat.twice(pair >> 4);
        }
    }

    /** Writes the power of two that is nearest to the scale; in the middle, the greater. */
    static void setScale(MemorySegment to, long at, float scale) {
        float size = Math.abs(scale);
        int exponent = Math.getExponent(size);
        int nearest = size < 1.5f * Math.scalb(1f, exponent) ? exponent : exponent + 1;
        LittleEndian.setI8(to, at, Math.clamp(nearest + 127, 0, 254));
    }
}
