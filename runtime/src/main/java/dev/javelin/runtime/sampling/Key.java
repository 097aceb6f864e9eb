package dev.javelin.runtime.sampling;

/** A token and its logit in one long: the greater one is the more probable one, of equal logits the lower id. */
final class Key {

    private Key() {}

    static long of(int rank, int id) {
        return (long) rank << 32 | (~id & 0xffff_ffffL);
    }

    static int id(long key) {
        return ~(int) key;
    }

    static int rank(long key) {
        return (int) (key >> 32);
    }

    static double logit(long key) {
        return Rank.toFloat(rank(key));
    }
}
