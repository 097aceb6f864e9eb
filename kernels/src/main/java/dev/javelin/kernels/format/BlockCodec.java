package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** The part that all codecs share: checks the ranges once, then goes from block to block. */
abstract class BlockCodec implements Codec {

    private final Format format;

    BlockCodec(Format format) {
        this.format = format;
    }

    /** Decodes the block at byte {@code block} into the elements from {@code to[at]} on. */
    abstract void decodeBlock(MemorySegment from, long block, float[] to, int at);

    @Override
    public final Format format() {
        return format;
    }

    @Override
    public boolean encodes() {
        return false;
    }

    @Override
    public final void decode(MemorySegment from, long offset, float[] to, int at, int count) {
        check(from, offset, to, at, count);
        long block = offset;
        for (int i = 0; i < count; i += format.blockLength(), block += format.blockBytes()) {
            decodeBlock(from, block, to, at + i);
        }
    }

    @Override
    public void encode(float[] from, int at, int count, MemorySegment to, long offset) {
        throw new UnsupportedOperationException(
                "the format must be one with an encoder: format=" + format + "; encode as Q8_0 or F16 instead");
    }

    /** Refuses ranges that do not hold {@code count} elements, before anything is touched. */
    final void check(MemorySegment segment, long offset, float[] floats, int at, int count) {
        long bytes = format.bytes(count); // refuses a count that is not a whole number of blocks
        Objects.checkFromIndexSize(offset, bytes, segment.byteSize());
        Objects.checkFromIndexSize(at, count, floats.length);
    }

    @Override
    public String toString() {
        return "codec of " + format;
    }
}
