package dev.javelin.cuda.ptx;

/**
 * The registers of a warp and the memory that its threads have for themselves. A host thread uses them again for the warps of
 * the next block: what is left in them is anything, as it is in hardware.
 */
final class Columns {
    final int[][] ints;
    final long[][] longs;
    final int[] predicates;

    /** All lanes' pieces of local memory, one behind the other. */
    final byte[] local;

    private boolean used;

    Columns(Kernel kernel) {
        ints = kernel.slots().openInts();
        longs = kernel.slots().openLongs();
        predicates = kernel.slots().openPredicates();
        local = new byte[Lanes.COUNT * kernel.localBytes()];
    }

    /** Fills the special registers in; those that are the same in all blocks only for the first. */
    void begin(Warp warp, Slots slots) {
        slots.specials().forEach((register, slot) -> {
            if (!used || register.ofBlock()) {
                for (int lane = 0; lane < Lanes.COUNT; lane++) {
                    ints[slot][lane] = register.value(warp, lane);
                }
            }
        });
        used = true;
    }
}
