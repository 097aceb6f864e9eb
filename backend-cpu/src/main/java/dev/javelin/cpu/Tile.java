package dev.javelin.cpu;

/**
 * Some decoded weights of as many rows as a vector has lanes: small enough for the first cache, used for all tokens of a step.
 *
 * <pre>
 *   u of weight 0 of each row | u of weight 1 | … | a of chain 0 of each row | … | b of chain 0 of each row | …
 * </pre>
 */
final class Tile {
    /** The most weights of a row. */
    static final int LENGTH = 256;

    /** The shortest chain that a tile has room for. */
    static final int CHAIN = 16;

    private static final int CHAINS = LENGTH / CHAIN;

    private Tile() {}

    /** Where {@code a} of a chain lies. */
    static long a(int chain, long vectorBytes) {
        return (LENGTH + chain) * vectorBytes;
    }

    /** Where {@code b} of a chain lies. */
    static long b(int chain, long vectorBytes) {
        return (LENGTH + CHAINS + chain) * vectorBytes;
    }

    /** From {@code a} of a chain to its {@code b}. */
    static long aToB(long vectorBytes) {
        return CHAINS * vectorBytes;
    }

    static long bytes(long vectorBytes) {
        return (LENGTH + 2 * CHAINS) * vectorBytes;
    }
}
