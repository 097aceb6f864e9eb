package dev.javelin.runtime.text;

/**
 * Finds tokens by their bytes: open addressing, a part of the hash and the id in one long.
 *
 * <p>Immutable once filled, then usable from any thread.
 */
final class TokenTable {

    /** What {@link #find} answers for what is no token. */
    static final int NONE = -1;

    private final byte[] bytes;
    private final int[] starts;
    private final long[] slots; // the upper half of the hash, id + 1; 0 is empty
    private final int mask;

    /**
     * An empty table.
     *
     * @param bytes of all tokens, padded
     * @param starts where the bytes of each token begin, and where the last end
     */
    TokenTable(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
        slots = new long[Integer.highestOneBit(Math.max(starts.length, 8)) * 4];
        mask = slots.length - 1;
    }

    /** Adds a token, unless one with the same bytes is there; says which one is. */
    int add(int id) {
        int from = starts[id];
        int end = starts[id + 1];
        long hash = TokenHash.of(bytes, from, end);
        int known = find(bytes, from, end, hash);
        if (known != NONE) {
            return known;
        }
        int slot = (int) hash & mask;
        while (slots[slot] != 0) {
            slot = slot + 1 & mask;
        }
        slots[slot] = (hash & 0xFFFFFFFF00000000L) | (id + 1);
        return id;
    }

    /** The token with the bytes of {@code text} from {@code from} to before {@code end}, or {@link #NONE}. */
    int find(byte[] text, int from, int end) {
        return find(text, from, end, TokenHash.of(text, from, end));
    }

    private int find(byte[] text, int from, int end, long hash) {
        int length = end - from;
        for (int slot = (int) hash & mask; slots[slot] != 0; slot = slot + 1 & mask) {
            if ((slots[slot] ^ hash) >>> 32 == 0) {
                int id = (int) slots[slot] - 1;
                int start = starts[id];
                if (starts[id + 1] - start == length && TokenHash.same(text, from, bytes, start, length)) {
                    return id;
                }
            }
        }
        return NONE;
    }
}
