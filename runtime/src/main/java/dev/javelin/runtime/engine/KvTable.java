package dev.javelin.runtime.engine;

import dev.javelin.api.StateGroup;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import java.util.Arrays;

/**
 * Where one sequence keeps its state: for each group, the block of each run of tokens. Blocks that are wholly behind a window
 * are given back; blocks that several sequences share are copied before one of them writes. For one thread.
 */
final class KvTable {
    private static final int NONE = -1;

    private final StateSpec spec;
    private final BlockPool pool;
    private final int[][] blocks;
    private int length;

    KvTable(StateSpec spec, BlockPool pool) {
        this.spec = spec;
        this.pool = pool;
        this.blocks = new int[spec.groups().size()][0];
    }

    private KvTable(KvTable other) {
        this.spec = other.spec;
        this.pool = other.pool;
        this.length = other.length;
        this.blocks = new int[other.blocks.length][];
        for (int group = 0; group < blocks.length; group++) {
            blocks[group] = other.blocks[group].clone();
            for (int block : blocks[group]) {
                if (block != NONE) {
                    pool.share(group, block);
                }
            }
        }
    }

    /** Tokens whose state is kept. */
    int length() {
        return length;
    }

    /** Another table over the same blocks. */
    KvTable fork() {
        return new KvTable(this);
    }

    /** Blocks that {@link #reserve} of so many more tokens takes from a group. */
    int needed(int group, int tokens) {
        int[] table = blocks[group];
        int needed = 0;
        for (int i = firstWritten(); i < spec.blocksFor(length + tokens); i++) {
            boolean writable = i < table.length && table[i] != NONE && !pool.shared(group, table[i]);
            needed += writable ? 0 : 1;
        }
        return needed;
    }

    /** Whether the pool has what so many more tokens take. */
    boolean fits(int tokens) {
        for (int group = 0; group < blocks.length; group++) {
            if (needed(group, tokens) > pool.free(group)) {
                return false;
            }
        }
        return true;
    }

    /** Takes blocks for so many more tokens, which must {@linkplain #fits fit}, and copies the one that others share. */
    void reserve(int tokens, StateStore store) {
        int from = firstWritten();
        int end = spec.blocksFor(length + tokens);
        for (int group = 0; group < blocks.length; group++) {
            if (blocks[group].length < end) {
                int old = blocks[group].length;
                blocks[group] = Arrays.copyOf(blocks[group], Math.max(end, old + old / 2));
                Arrays.fill(blocks[group], old, blocks[group].length, NONE);
            }
            for (int i = from; i < end; i++) {
                reserve(group, i, store);
            }
        }
    }

    private void reserve(int group, int index, StateStore store) {
        int old = blocks[group][index];
        if (old != NONE && !pool.shared(group, old)) {
            return;
        }
        int fresh = pool.take(group);
        if (fresh == NONE) {
            throw new IllegalStateException("the blocks must have been there: group=" + group);
        }
        if (old != NONE) {
            store.copyBlock(group, old, fresh);
            pool.release(group, old);
        }
        blocks[group][index] = fresh;
    }

    /** Names the blocks of the sequence begun last, which adds so many tokens. */
    void write(Step step, int tokens) {
        for (int group = 0; group < blocks.length; group++) {
            int end = spec.blocksFor(length + tokens);
            for (int i = seenFrom(group, length) / spec.blockTokens(); i < end; i++) {
                step.setBlock(group, i, blocks[group][i]);
            }
        }
    }

    /** So many tokens have been added. Blocks that no later token sees are given back. */
    void advance(int tokens) {
        length += tokens;
        for (int group = 0; group < blocks.length; group++) {
            int seen = Math.min(seenFrom(group, length) / spec.blockTokens(), blocks[group].length);
            for (int i = seen - 1; i >= 0 && blocks[group][i] != NONE; i--) {
                drop(group, i);
            }
        }
    }

    /**
     * Goes back to the first tokens, at most so many; to fewer, namely none, if what they see has been given back.
     *
     * @return how many tokens are kept
     */
    int rollBack(int tokens) {
        int kept = Math.min(tokens, length);
        for (int group = 0; group < blocks.length; group++) {
            int first = seenFrom(group, kept) / spec.blockTokens();
            if (first < spec.blocksFor(kept) && blocks[group][first] == NONE) {
                kept = 0;
            }
        }
        for (int group = 0; group < blocks.length; group++) {
            for (int i = spec.blocksFor(kept); i < blocks[group].length; i++) {
                drop(group, i);
            }
            if (kept == 0) {
                Arrays.fill(blocks[group], NONE);
            }
        }
        length = kept;
        return kept;
    }

    private void drop(int group, int index) {
        if (blocks[group][index] != NONE) {
            pool.release(group, blocks[group][index]);
            blocks[group][index] = NONE;
        }
    }

    private int firstWritten() {
        return length / spec.blockTokens();
    }

    private int seenFrom(int group, int tokens) {
        StateGroup kept = spec.groups().get(group).group();
        return kept.seenFrom(tokens);
    }
}
