package dev.javelin.runtime.sampling;

import java.util.Arrays;

/** An array of {@linkplain Key keys} that grows to what was ever needed and is then used again. */
final class Keys {

    private final int limit;
    private long[] array;

    /** With room for at most {@code limit} keys. */
    Keys(int limit) {
        this.limit = limit;
        array = new long[Math.min(limit, 2 * Block.LENGTH)];
    }

    long[] array() {
        return array;
    }

    /** The array with room for so many keys, or for the most there can be; the ones before are kept. */
    long[] room(int size) {
        int needed = Math.min(size, limit);
        if (needed > array.length) {
            int doubled = (int) Math.min(limit, 2L * array.length);
            array = Arrays.copyOf(array, Math.max(needed, doubled));
        }
        return array;
    }

    /** The first keys, best first, in a new array. */
    long[] sorted(int size) {
        long[] sorted = Arrays.copyOf(array, size);
        Arrays.sort(sorted);
        for (int i = 0, j = size - 1; i < j; i++, j--) {
            long key = sorted[i];
            sorted[i] = sorted[j];
            sorted[j] = key;
        }
        return sorted;
    }
}
