package dev.javelin.runtime.engine;

import dev.javelin.api.StateSpec;

/** Which blocks of a state are free, and how many sequences share each of the others. For one thread. */
final class BlockPool {

    private final int[][] users;
    private final int[][] free;
    private final int[] freeCount;

    BlockPool(StateSpec spec) {
        int groups = spec.groups().size();
        users = new int[groups][];
        free = new int[groups][];
        freeCount = new int[groups];
        for (int group = 0; group < groups; group++) {
            int count = spec.groups().get(group).count();
            users[group] = new int[count];
            free[group] = new int[count];
            freeCount[group] = count;
            for (int i = 0; i < count; i++) {
                free[group][i] = count - 1 - i; // taken from the end, so the lowest comes first
            }
        }
    }

    /** A free block, now of one user, or -1 if there is none. */
    int take(int group) {
        if (freeCount[group] == 0) {
            return -1;
        }
        int block = free[group][--freeCount[group]];
        users[group][block] = 1;
        return block;
    }

    /** One more user of the block. */
    void share(int group, int block) {
        if (users[group][block] == 0) {
            throw new IllegalStateException(
                    "a free block cannot be shared: group=%d, block=%d".formatted(group, block));
        }
        users[group][block]++;
    }

    boolean shared(int group, int block) {
        return users[group][block] > 1;
    }

    /** One user less; the last one frees it. */
    void release(int group, int block) {
        if (users[group][block] == 0) {
            throw new IllegalStateException("a block is released once: group=%d, block=%d".formatted(group, block));
        }
        if (--users[group][block] == 0) {
            free[group][freeCount[group]++] = block;
        }
    }

    int free(int group) {
        return freeCount[group];
    }

    /** Blocks of all groups that are not free. */
    int inUse() {
        int inUse = 0;
        for (int group = 0; group < users.length; group++) {
            inUse += users[group].length - freeCount[group];
        }
        return inUse;
    }
}
