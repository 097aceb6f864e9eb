package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * BF16: the upper half of a single-precision float, 2 bytes an element.
 *
 * <pre>
 *   s eeeeeeee mmmmmmm
 * </pre>
 *
 * @see BFloat16
 */
final class BF16Codec extends EncodingCodec {

    BF16Codec() {
        super(Format.BF16);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        to[at] = BFloat16.toFloat(LittleEndian.i16(from, block));
    }

    @Override
    void encodeBlock(float[] from, int at, MemorySegment to, long block) {
        LittleEndian.setI16(to, block, BFloat16.ofFloat(from[at]));
    }
}
