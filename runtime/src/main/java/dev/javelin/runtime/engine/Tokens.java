package dev.javelin.runtime.engine;

import java.util.Arrays;

/** A list of token ids that grows. For one thread. */
final class Tokens {
    private int[] ids = new int[64];
    private int size;

    int size() {
        return size;
    }

    int get(int index) {
        return ids[index];
    }

    void add(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size + size / 2);
        }
        ids[size++] = id;
    }

    void addAll(int[] more) {
        if (more.length > ids.length - size) {
            ids = Arrays.copyOf(ids, Math.max(size + more.length, size + size / 2));
        }
        System.arraycopy(more, 0, ids, size, more.length);
        size += more.length;
    }

    void cut(int length) {
        size = length;
    }

    /** How many of the first tokens are the same. */
    int common(int[] others) {
        int mismatch = Arrays.mismatch(ids, 0, size, others, 0, others.length);
        return mismatch < 0 ? size : mismatch;
    }

    Tokens copy() {
        Tokens copy = new Tokens();
        copy.ids = ids.clone();
        copy.size = size;
        return copy;
    }
}
