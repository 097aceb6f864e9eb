package dev.javelin.runtime.sampling;

/**
 * The tokens that may be chosen and their probabilities, the most probable first; of equally probable ones the lower id first.
 * Immutable.
 */
public final class Distribution {

    private final long[] keys;
    private final double[] probabilities;

    Distribution(long[] keys, double[] probabilities) {
        this.keys = keys;
        this.probabilities = probabilities;
    }

    /** How many tokens may be chosen. */
    public int size() {
        return keys.length;
    }

    /** The id of the {@code i}-th most probable token. */
    public int token(int i) {
        return Key.id(keys[i]);
    }

    /** The probability of the {@code i}-th most probable token. */
    public double probability(int i) {
        return probabilities[i];
    }
}
