package dev.javelin.runtime.text;

import java.util.Arrays;

/** Token ids that are being collected. */
final class TokenBuffer {

    private int[] ids;
    private int size;

    TokenBuffer(int expected) {
        ids = new int[Math.max(expected, 16)];
    }

    void add(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, Math.multiplyExact(size, 2));
        }
        ids[size++] = id;
    }

    int size() {
        return size;
    }

    int last() {
        return ids[size - 1];
    }

    int[] toArray() {
        return Arrays.copyOf(ids, size);
    }
}
