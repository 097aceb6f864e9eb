package dev.javelin.kernels.format;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * Turns blocks of one weight format into floats and back: plain scalar code that says what the bytes mean.
 *
 * <p>It is the definition that faster kernels are tested against, and what slow paths use. Decoding is bit-exact: the
 * float operations and their order are those of ggml. Segments may be native or on the heap and need no alignment.
 * Codecs are stateless and usable from any thread; they own nothing and need no closing.
 */
public interface Codec {

    /** The format that this codec reads. */
    Format format();

    /**
     * Decodes whole blocks: {@code count} elements, a multiple of the block length, from byte {@code offset} of {@code from}
     * into {@code to[at]} and the elements after it.
     *
     * @throws IllegalArgumentException if {@code count} is negative or not a whole number of blocks
     * @throws IndexOutOfBoundsException if the segment or the array is too small; nothing has been written then
     */
    void decode(MemorySegment from, long offset, float[] to, int at, int count);

    /** Whether {@link #encode} works for this format. */
    boolean encodes();

    /**
     * Encodes {@code count} elements, a multiple of the block length, from {@code from[at]} on, as whole blocks to byte
     * {@code offset} of {@code to}.
     *
     * @throws UnsupportedOperationException if {@link #encodes()} is false
     * @throws IllegalArgumentException if {@code count} is negative or not a whole number of blocks
     * @throws IndexOutOfBoundsException if the segment or the array is too small; nothing has been written then
     */
    void encode(float[] from, int at, int count, MemorySegment to, long offset);
}
