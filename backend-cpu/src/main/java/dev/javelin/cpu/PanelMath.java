package dev.javelin.cpu;

import java.lang.foreign.MemorySegment;

/**
 * The arithmetic of one weight format in panels. Defined {@linkplain PerWidth per width}; a new format is one such class and
 * a line in {@link WidthKernels}.
 *
 * <p>Along K the weights of a row form chains of equal length. Within a chain a weight is {@code w = a · u - b}, where
 * {@code u} is quick to get at and exact, and the products of a chain are added up in the order of K, beginning with zero:
 *
 * <pre>
 *   chain = Σ u x          one fused multiply-add after the other
 *   sum   = a · chain + sum, then sum - b · Σx      fused as well; the latter, or both, left out where they are not needed
 * </pre>
 *
 * This order is the same for one token and for many, so a row's result never depends on its company.
 *
 * <p>Activations are taken to be finite. Where one is infinite and its {@code u} is zero, or the offset is taken away from an
 * infinite sum, the result is NaN, while {@code w x} would be infinite. NaN and infinities of weights arrive as they are.
 *
 * <p>Every method works on as many units as fit a {@link Tile}. They are kept short: the JIT stops inlining vector operations
 * into a method after some dozens, and what is not inlined puts its vectors on the heap.
 */
interface PanelMath {
    /**
     * Tokens that {@link #multiply} takes at once in classes {@linkplain PerWidth#create defined} for several: a weight is decoded once
     * for all of them. The others take one.
     */
    int FOUR = 4;

    /** What it takes to make weights of {@code u}. */
    enum Form {
        /** Nothing, {@code w = u}: the sum is {@code chain + sum}. */
        PLAIN,
        /** {@code w = a · u}. */
        SCALED,
        /** {@code w = a · u - b}. */
        OFFSET
    }

    PanelLayout layout();

    /** Weights of a chain; divides the unit. */
    int chain();

    /** What it takes to make weights of {@code u}. */
    Form form();

    /** Puts {@code a} and {@code b} of every chain into a tile, as far as the form has them. */
    void scales(MemorySegment panels, long at, int units, MemorySegment tile);

    /** Puts {@code u} of every weight into a tile. */
    void decode(MemorySegment panels, long at, int units, MemorySegment tile);

    /**
     * Adds the products with the activations of one token, or of {@link #FOUR}, to {@code out}.
     *
     * @param tile with {@code a} and {@code b}
     * @param x for each weight one of each token, those behind the end of the row zero
     * @param sums {@code Σx} of each chain, of each token; read only if the form is {@link Form#OFFSET}
     * @param out for each token one sum for each row of the panel
     */
    void multiply(
            MemorySegment panels,
            long at,
            int units,
            MemorySegment tile,
            float[] x,
            int xAt,
            float[] sums,
            int sumsAt,
            float[] out,
            int outAt);
}
