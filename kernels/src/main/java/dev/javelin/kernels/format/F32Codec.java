package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/** F32: IEEE single precision, 4 bytes an element. Every bit pattern passes through unchanged. */
final class F32Codec extends EncodingCodec {

    F32Codec() {
        super(Format.F32);
    }

    @Override
    void decodeBlock(MemorySegment from, long block, float[] to, int at) {
        to[at] = LittleEndian.f32(from, block);
    }

    @Override
    void encodeBlock(float[] from, int at, MemorySegment to, long block) {
        LittleEndian.setF32(to, block, from[at]);
    }
}
