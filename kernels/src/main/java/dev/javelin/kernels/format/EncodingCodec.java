package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/** A codec that works in both directions. For the same finite input it writes the same bytes as ggml. */
abstract class EncodingCodec extends BlockCodec {

    EncodingCodec(Format format) {
        super(format);
    }

    /** Encodes the elements from {@code from[at]} on as the block at byte {@code block}. */
    abstract void encodeBlock(float[] from, int at, MemorySegment to, long block);

    @Override
    public final boolean encodes() {
        return true;
    }

    @Override
    public final void encode(float[] from, int at, int count, MemorySegment to, long offset) {
        check(to, offset, from, at, count);
        long block = offset;
        for (int i = 0; i < count; i += format().blockLength(), block += format().blockBytes()) {
            encodeBlock(from, at + i, to, block);
        }
    }
}
