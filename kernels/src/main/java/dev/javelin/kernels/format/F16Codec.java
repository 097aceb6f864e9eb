package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * F16: IEEE half precision, 2 bytes an element.
 *
 * <pre>
 *   s eeeee mmmmmmmmmm
 * </pre>
 *
 * Encoding rounds to nearest, ties to even, keeps subnormals, and turns what is too large into infinity.
 */
final class F16Codec extends EncodingCodec {

    F16Codec() {
        super(Format.F16);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        to[at] = LittleEndian.f16(from, block);
    }

    @Override
    void encodeBlock(float[] from, int at, MemorySegment to, long block) {
        LittleEndian.setF16(to, block, from[at]);
    }
}
