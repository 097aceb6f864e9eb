package dev.javelin.cpu;

import dev.javelin.api.Activation;
import java.lang.foreign.MemorySegment;

/**
 * Arithmetic on runs of floats whose every element stands alone. Offsets into segments are in bytes, arrays are used from
 * their beginning; {@code count} is a multiple of the lanes. {@code out} may be what is read. Defined {@linkplain PerWidth per
 * width}.
 *
 * <p>An {@linkplain Activation activation} is {@code x · share(x)}; what is here are parts of the shares, with
 * {@link ExpMath#exp} between them.
 */
interface ElementMath {

    /** {@code to = -|x|}. */
    void minusMagnitude(float[] x, float[] to, int count);

    /** {@code 1 / (1 + exp(-x))}, in place of {@code exp(-|x|)}. */
    void logistic(float[] x, float[] exp, int count);

    /**
     * What the logistic function is taken of for {@link Activation#GELU_TANH}: {@code (1 + tanh u) / 2} is that of {@code 2u},
     * where nothing cancels.
     */
    void twiceU(MemorySegment x, long at, int count, float[] to);

    /** {@code to = -x²/2}. */
    void minusHalfSquare(MemorySegment x, long at, int count, float[] to);

    /** {@code erfc(-x / √2) / 2}, in place of {@code exp(-x²/2)}. */
    void halfErfc(MemorySegment x, long at, int count, float[] exp);

    /** {@code max(x, 0)}. */
    void positive(MemorySegment x, long at, int count, float[] to);

    /** {@code out = x · shares}. */
    void multiply(MemorySegment x, float[] shares, MemorySegment out, long at, int count);

    /** {@code out = factor · x}. */
    void scale(float factor, MemorySegment x, MemorySegment out, long at, int count);

    /** {@code out = a + b}; {@code b} lies elsewhere. */
    void add(MemorySegment a, MemorySegment b, long bAt, MemorySegment out, long at, int count);

    /** {@code out = a · b}; {@code b} lies elsewhere. */
    void multiply(MemorySegment a, MemorySegment b, long bAt, MemorySegment out, long at, int count);
}
