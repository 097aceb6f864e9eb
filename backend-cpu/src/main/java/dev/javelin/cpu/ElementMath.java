package dev.javelin.cpu;

import dev.javelin.api.Activation;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic on runs of floats whose every element stands alone. Offsets are in bytes; {@code count} is a multiple of the
 * lanes. Defined {@linkplain PerWidth per width}.
 */
interface ElementMath {

    /** {@code out = activation(x) · factor}; without a factor where that is null. */
    void activate(
            Activation activation,
            MemorySegment x,
            @Nullable MemorySegment factor,
            MemorySegment out,
            long at,
            int count);

    /** {@code out = factor · x}. */
    void scale(float factor, MemorySegment x, MemorySegment out, long at, int count);

    /** {@code out = cap · tanh(x / cap)}. */
    void softCap(float cap, MemorySegment x, MemorySegment out, long at, int count);

    /** {@code out = a + b}; {@code b} has an offset of its own. */
    void add(MemorySegment a, MemorySegment b, long bAt, MemorySegment out, long at, int count);

    /** {@code out = a · b}; {@code b} has an offset of its own. */
    void multiply(MemorySegment a, MemorySegment b, long bAt, MemorySegment out, long at, int count);
}
