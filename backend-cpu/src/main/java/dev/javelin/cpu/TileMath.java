package dev.javelin.cpu;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** What is done with a {@link Tile}, whatever the format. Defined {@linkplain PerWidth per width}. */
interface TileMath {
    /** Tokens that one call takes. */
    int TOKENS = 8;

    /**
     * Adds the products of a tile with {@link #TOKENS} tokens to {@code out}, in the order that {@link PanelMath} describes.
     *
     * @param chains of the tile
     * @param chain weights of a chain
     * @param form see {@link PanelMath#form()}
     * @param x for each weight one activation of each token
     * @param sums for each chain one sum of each token
     * @param held room for what is {@code out}
     * @param out for each token one sum of each row
     */
    void multiply(
            MemorySegment tile,
            int chains,
            int chain,
            PanelMath.Form form,
            float[] x,
            int xAt,
            float[] sums,
            int sumsAt,
            float[] held,
            float[] out,
            int outAt);

    /**
     * Completes as many results of one token as a panel has rows: {@code out = sums · scale + bias + residual}.
     *
     * @param residual or none; from the same offset as {@code out}
     */
    void finish(
            float[] sums,
            int sumsAt,
            float scale,
            @Nullable MemorySegment bias,
            long biasAt,
            @Nullable MemorySegment residual,
            MemorySegment out,
            long outAt);
}
