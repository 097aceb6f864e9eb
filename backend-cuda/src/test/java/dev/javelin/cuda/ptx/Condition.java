package dev.javelin.cuda.ptx;

/**
 * A predicate that is read.
 *
 * @param flip all ones where it is turned round
 */
record Condition(int slot, int flip) {
    int lanes(Warp warp) {
        return warp.predicates[slot] ^ flip;
    }
}
