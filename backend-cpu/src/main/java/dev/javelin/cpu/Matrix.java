package dev.javelin.cpu;

import java.lang.foreign.MemorySegment;

/**
 * A weight matrix, or a stack of matrices of the same shape, as products are made with it: panel by panel, each as many rows
 * as a vector has lanes. Immutable, usable from any thread.
 */
sealed interface Matrix permits Panels, RowMatrix {

    /** Rows of one matrix. */
    int rows();

    /** Panels of one matrix; in the last one rows may be missing. */
    int panels();

    /** Elements of a row. */
    int columns();

    /** Elements of a row with the zeros behind its end that make up whole chains. */
    int length();

    /** See {@link PanelMath#chain()}. */
    int chain();

    /** See {@link PanelMath#form()}. */
    PanelMath.Form form();

    /** Fills a tile with the weights of a panel from {@code k} on. Returns how many of each row those are. */
    int fill(int matrix, int panel, int k, Workspace.Worker worker);

    /** Writes one row, bit for bit as its codec decodes it, times {@code factor}. */
    void gather(int row, float factor, MemorySegment out, long at, Workspace.Worker worker);
}
