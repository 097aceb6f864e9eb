package dev.javelin.cuda.ptx;

/**
 * A column of either width.
 *
 * @param mask the bits that a narrow register has; a column of fewer than 32 bits has zeros above
 */
record Place(boolean wide, int slot, int mask) {

    long get(Warp warp, int lane) {
        return wide ? warp.longs[slot][lane] : warp.ints[slot][lane];
    }

    void set(Warp warp, int lane, long bits) {
        if (wide) {
            warp.longs[slot][lane] = bits;
        } else {
            warp.ints[slot][lane] = (int) bits & mask;
        }
    }
}
