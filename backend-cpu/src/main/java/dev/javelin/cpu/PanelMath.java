package dev.javelin.cpu;

import java.lang.foreign.MemorySegment;

/**
 * The arithmetic of one weight format in panels. Defined {@linkplain PerWidth per width}; a new format is one such class and
 * a line in {@link WidthKernels}.
 *
 * <p>Along K the weights of a row form chains of equal length. Within a chain a weight is {@code w = a · u + b}, where
 * {@code u} is quick to get at and exact, and the products of a chain are added up in the order of K, beginning with zero:
 *
 * <pre>
 *   chain = Σ u x          one fused multiply-add after the other
 *   sum   = a · chain + sum, then b · Σx + sum      fused as well; the latter, or both, left out where they are not needed
 * </pre>
 *
 * This order is the same for one token and for many, so a row's result never depends on its company.
 */
interface PanelMath {

    PanelLayout layout();

    /** What it takes to make weights of {@code u}. */
    enum Form {
        /** Nothing, {@code w = u}: the sum is {@code chain + sum}. */
        PLAIN,
        /** {@code w = a · u}. */
        SCALED,
        /** {@code w = a · u + b}. */
        OFFSET
    }

    /** Weights of a chain; divides the unit. */
    int chain();

    /** What it takes to make weights of {@code u}. */
    Form form();

    /**
     * The products of one panel with one row of activations.
     *
     * @param at where the panel begins
     * @param x as many as the units have weights, those behind the end of the row zero
     * @param sums {@code Σx} of each chain; read only if the form is {@link Form#OFFSET}
     */
    void multiply(
            MemorySegment panels,
            long at,
            int units,
            float[] x,
            int xAt,
            float[] sums,
            int sumsAt,
            float[] out,
            int outAt);

    /** Decodes some units of a panel into a {@link Tile}. */
    void decode(MemorySegment panels, long at, int units, MemorySegment tile);
}
