package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * NVFP4: 64 weights, 36 bytes; four groups of 16 4-bit floats, each with an 8-bit float as its scale.
 *
 * <pre>
 *   0           4                    36
 *   | s 4 bytes | q 4 x 8 bytes      |     byte j of a group: q[j] low half, q[j + 8] high half
 *
 *   s = eeee mmm  (E4M3, the sign bit ignored):  eeee == 0 ?  mmm * 2^-9  :  (1 + mmm / 8) * 2^(eeee - 7),   0x7F: 0
 *   weight = s * {@link FourBitFloat}(q)
 * </pre>
 *
 * Models of this format usually have a further scale for the whole tensor; it is a tensor of its own.
 */
final class NVFP4Codec extends BlockCodec {

    private static final int GROUPS = 4;
    private static final int GROUP = 16;
    private static final int HALF = GROUP / 2;
    private static final int S = 0;
    private static final int Q = 4;
    private static final float LARGEST = 448;

    NVFP4Codec() {
        super(Format.NVFP4);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        for (int group = 0; group < GROUPS; group++) {
            float halfScale = scale(LittleEndian.u8(from, block + S + group)) / 2; // half: the quants are doubled
            int first = at + group * GROUP;
            long quants = block + Q + (long) group * HALF;
            for (int j = 0; j < HALF; j++) {
                int pair = LittleEndian.u8(from, quants + j);
                to[first + j] = halfScale * FourBitFloat.twice(pair & 0xF);
                to[first + j + HALF] = halfScale * FourBitFloat.twice(pair >> 4);
            }
        }
    }

    private static float scale(int bits) {
        if (bits == 0x7F) {
            return 0;
        }
        int exponent = (bits >> 3) & 0xF;
        int mantissa = bits & 7;
        return exponent == 0 ? Math.scalb((float) mantissa, -9) : Math.scalb(1 + mantissa / 8f, exponent - 7);
    }

    /** Writes the 8-bit float that is nearest to the scale, or the largest if that is too small. */
    static void setScale(MemorySegment to, long at, float scale) {
        float size = Math.min(Math.abs(scale), LARGEST);
        int exponent = Math.max(Math.getExponent(size), -6);
        int eighths =
                Math.round(Math.scalb(size, 3 - exponent)); // 8 to 16; below 8 only where the exponent is the least
        LittleEndian.setI8(to, at, (exponent + 6) * 8 + eighths); // sixteen eighths carry into the exponent
    }
}
