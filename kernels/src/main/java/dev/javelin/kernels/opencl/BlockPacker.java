package dev.javelin.kernels.opencl;

import java.lang.foreign.MemorySegment;

/** Takes a block of a format apart. */
@FunctionalInterface
interface BlockPacker {

    /**
     * Puts what a block holds into the planes of the row at hand.
     *
     * @param at first byte of the block
     * @param block its place in the row
     */
    void pack(MemorySegment from, long at, int block, TilePlanes to);
}
