package dev.javelin.synth;

/**
 * The sizes that every transformer has.
 *
 * @param width of the hidden state
 * @param hidden width inside the feed-forward layer
 * @param headSize of queries, keys and values
 */
record Sizes(int layers, int width, int hidden, int heads, int kvHeads, int headSize) {

    long queries() {
        return (long) heads * headSize;
    }

    /** Elements of all keys of a token, and of all values. */
    long keys() {
        return (long) kvHeads * headSize;
    }

    int queriesPerKey() {
        return heads / kvHeads;
    }

    /**
     * The same model, small: as many queries to a key as before, and rows that are multiples of 256 only where they were.
     */
    Sizes scaled(int layersLeft) {
        int kvHeadsLeft = Math.min(kvHeads, 2);
        return new Sizes(
                layersLeft, like(width, 256), like(hidden, 512), kvHeadsLeft * queriesPerKey(), kvHeadsLeft, 64);
    }

    private static int like(int size, int small) {
        return size % 256 == 0 ? small : small + 32;
    }
}
