package dev.javelin.runtime.text;

import java.util.Arrays;

/**
 * Merges neighbouring symbols of a piece of text, always the pair of the lowest priority number, the leftmost first, until
 * no pair merges. Short pieces are searched for that pair, which is quicker; long ones keep a queue, so that the time
 * stays near linear.
 *
 * <p>Not thread-safe: one for each encoding. After a merge it holds the symbols until the next one.
 */
final class PairMerger {

    /** What {@link Rules#pair} answers for a pair that does not merge. */
    static final long NONE = Long.MAX_VALUE;

    /** Measured: from about here on the queue is quicker. */
    private static final int SHORT = 40;

    /** Which symbols merge. */
    @FunctionalInterface
    interface Rules {
        /**
         * The priority and the symbol that two neighbours merge to, packed by {@link #pack}, or {@link #NONE}.
         *
         * @param from where the left symbol begins in {@code text}
         * @param end where the right one ends
         */
        long pair(byte[] text, int from, int end, int left, int right);
    }

    private final Rules rules;
    private int[] symbols = new int[SHORT + 1];
    private int[] starts = new int[SHORT + 1];
    private long[] pairs = new long[SHORT + 1]; // of the symbol at the same place and the next
    private int count;

    PairMerger(Rules rules) {
        this.rules = rules;
    }

    static long pack(int priority, int symbol) {
        return (long) priority << 32 | symbol;
    }

    /** Forgets the symbols of the piece before. */
    void clear() {
        count = 0;
    }

    /** Adds a symbol of the piece, which begins at {@code start}. */
    void add(int symbol, int start) {
        if (count + 1 == symbols.length) {
            int length = Math.multiplyExact(symbols.length, 2);
            symbols = Arrays.copyOf(symbols, length);
            starts = Arrays.copyOf(starts, length);
            pairs = Arrays.copyOf(pairs, length);
        }
        symbols[count] = symbol;
        starts[count++] = start;
    }

    /** How many symbols there are. */
    int count() {
        return count;
    }

    int symbol(int index) {
        return symbols[index];
    }

    /** Where a symbol begins; that after the last is where the last ends. */
    int start(int index) {
        return starts[index];
    }

    /** Merges the symbols of the piece, which ends at {@code end}. */
    void merge(byte[] text, int end) {
        starts[count] = end;
        for (int i = 0; i + 1 < count; i++) {
            pairs[i] = rules.pair(text, starts[i], starts[i + 2], symbols[i], symbols[i + 1]);
        }
        if (count <= SHORT) {
            mergeSearching(text);
        } else {
            mergeQueueing(text);
        }
    }

    private void mergeSearching(byte[] text) {
        while (count > 1) {
            int best = 0;
            for (int i = 1; i + 1 < count; i++) {
                if (pairs[i] >>> 32 < pairs[best] >>> 32) {
                    best = i;
                }
            }
            if (pairs[best] == NONE) {
                return;
            }
            symbols[best] = (int) pairs[best];
            for (int i = best + 1; i + 1 < count; i++) {
                symbols[i] = symbols[i + 1];
                pairs[i] = pairs[i + 1];
                starts[i] = starts[i + 1];
            }
            count--;
            starts[count] = starts[count + 1];
            if (best + 1 < count) {
                pairs[best] = rules.pair(text, starts[best], starts[best + 2], symbols[best], symbols[best + 1]);
            }
            if (best > 0) {
                pairs[best - 1] =
                        rules.pair(text, starts[best - 1], starts[best + 1], symbols[best - 1], symbols[best]);
            }
        }
    }

    private void mergeQueueing(byte[] text) {
        int[] next = new int[count];
        int[] previous = new int[count];
        LongHeap queue = new LongHeap(count);
        for (int i = 0; i < count; i++) {
            next[i] = i + 1;
            previous[i] = i - 1;
            if (i + 1 < count && pairs[i] != NONE) {
                queue.push((pairs[i] & 0xFFFFFFFF00000000L) | i);
            }
        }
        pairs[count - 1] = NONE;
        while (!queue.isEmpty()) {
            long first = queue.pop();
            int left = (int) first;
            if (pairs[left] == NONE || pairs[left] >>> 32 != first >>> 32) {
                continue; // merged, or its right neighbour was, since it was queued
            }
            int right = next[left];
            symbols[left] = (int) pairs[left];
            pairs[right] = NONE;
            next[left] = next[right];
            if (next[left] < count) {
                previous[next[left]] = left;
            }
            queuePair(text, left, next, queue);
            if (previous[left] >= 0) {
                queuePair(text, previous[left], next, queue);
            }
        }
        int kept = 0;
        int end = starts[count];
        for (int i = 0; i < count; i = next[i]) {
            symbols[kept] = symbols[i];
            starts[kept++] = starts[i];
        }
        starts[kept] = end;
        count = kept;
    }

    private void queuePair(byte[] text, int left, int[] next, LongHeap queue) {
        int right = next[left];
        pairs[left] = right == count
                ? NONE
                : rules.pair(text, starts[left], starts[next[right]], symbols[left], symbols[right]);
        if (pairs[left] != NONE) {
            queue.push((pairs[left] & 0xFFFFFFFF00000000L) | left);
        }
    }
}
