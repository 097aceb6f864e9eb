package dev.javelin.cpu;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;

/**
 * The arithmetic of attention on runs of keys and values as floats: rows of {@code stride} floats, a multiple of the lanes,
 * filled up with zeros. Every result depends on its own row alone, or on the rows in their order. Defined
 * {@linkplain PerWidth per width}.
 */
interface AttentionMath {

    /** Decodes {@code count} elements kept in F32, F16 or Q8_0. */
    void decode(Format format, MemorySegment from, long at, int count, float[] to, int toAt);

    /** For each row its product with {@code q}, times {@code scale}. */
    void scores(
            float[] q,
            int qAt,
            float[] rows,
            int rowsAt,
            int count,
            int stride,
            float scale,
            float[] scores,
            int scoresAt);

    /** {@code out = out · keep + Σ share · row}. */
    void mix(
            float[] shares,
            int sharesAt,
            float[] rows,
            int rowsAt,
            int count,
            int stride,
            float keep,
            float[] out,
            int outAt);
}
