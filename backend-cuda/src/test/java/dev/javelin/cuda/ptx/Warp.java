package dev.javelin.cuda.ptx;

import java.util.Arrays;

/**
 * Thirty-two threads that run together. Where they part, one side runs first, and they meet again at the immediate
 * post-dominator of the branch: a stack has a place and a set of lanes for each side that is still to run.
 *
 * <p>That is one of the orders that the hardware may choose. What depends on another one, such as a lane that waits for what a
 * sister lane is going to write, does not end, and the {@linkplain Launch#budget budget} reports it.
 */
final class Warp {
    /** Columns of registers; {@link Slots} gives the numbers. */
    final int[][] ints;

    final long[][] longs;
    final int[] predicates;

    /** Where in the array that {@link Space#load} gave back the bytes are. */
    int located;

    private final int[] scratchInts = new int[Lanes.COUNT];
    private final long[] scratchLongs = new long[Lanes.COUNT];
    private final Block block;
    private final int index;
    private final int started;
    private final byte[] local;
    private final int localBytes;
    private final WarpClock clock;
    private final AsyncCopies copies = new AsyncCopies(this);

    private int[] places = new int[8];
    private int[] meetings = new int[8];
    private int[] sets = new int[8];
    private int top;
    private int live;
    private boolean waiting;

    Warp(Block block, int index, Columns columns) {
        this.block = block;
        this.index = index;
        int threads = Math.min(Lanes.COUNT, block.threads() - index * Lanes.COUNT);
        Kernel kernel = block.launch().kernel();
        ints = columns.ints;
        longs = columns.longs;
        predicates = columns.predicates;
        local = columns.local;
        localBytes = kernel.localBytes();
        started = threads == Lanes.COUNT ? Lanes.ALL : (1 << threads) - 1;
        live = started;
        clock = new WarpClock(index, block.warps());
        meetings[0] = -1;
        sets[0] = live;
        columns.begin(this, kernel.slots());
    }

    Block block() {
        return block;
    }

    int index() {
        return index;
    }

    /** The lanes that have threads which have not ended. */
    int live() {
        return live;
    }

    /** How many of its threads have ended. */
    int ended() {
        return Integer.bitCount(started & ~live);
    }

    boolean waiting() {
        return waiting;
    }

    WarpClock clock() {
        return clock;
    }

    AsyncCopies copies() {
        return copies;
    }

    /** The memory that threads have for themselves: that of a lane begins at its number times {@link #localBytes}. */
    byte[] local() {
        return local;
    }

    int localBytes() {
        return localBytes;
    }

    /** The number of a lane's thread within its block. */
    int thread(int lane) {
        return index * Lanes.COUNT + lane;
    }

    // results: instructions compute all lanes, and here those that take part are kept

    int[] target(int slot, int lanes) {
        return lanes == Lanes.ALL ? ints[slot] : scratchInts;
    }

    long[] targetLongs(int slot, int lanes) {
        return lanes == Lanes.ALL ? longs[slot] : scratchLongs;
    }

    void keep(int slot, int lanes) {
        if (lanes != Lanes.ALL) {
            int[] column = ints[slot];
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                column[lane] = scratchInts[lane];
            }
        }
    }

    void keepLongs(int slot, int lanes) {
        if (lanes != Lanes.ALL) {
            long[] column = longs[slot];
            for (int rest = lanes; rest != 0; rest &= rest - 1) {
                int lane = Integer.numberOfTrailingZeros(rest);
                column[lane] = scratchLongs[lane];
            }
        }
    }

    void keepPredicate(int slot, int lanes, int values) {
        predicates[slot] = (predicates[slot] & ~lanes) | (values & lanes);
    }

    // control

    /** Runs until all threads have ended or a barrier holds the warp. */
    void run() {
        BasicBlock[] code = block.launch().kernel().code();
        while (live != 0 && !waiting) {
            if (places[top] == meetings[top]) {
                top--;
                continue;
            }
            BasicBlock next = code[places[top]];
            block.count(next, sets[top]);
            next.run(this, sets[top]);
        }
    }

    void jump(int place) {
        places[top] = place;
    }

    /** Parts the lanes. */
    void branch(int taken, int target, int otherwise, int meeting) {
        int lanes = sets[top];
        if (taken == lanes) {
            places[top] = target;
        } else if (taken == 0) {
            places[top] = otherwise;
        } else {
            part(meeting);
            push(otherwise, meeting, lanes & ~taken);
            push(target, meeting, taken);
        }
    }

    /** The side below waits where the others are going to meet it. */
    void part(int meeting) {
        if (meetings[top] == meeting && top > 0) {
            top--; // it would have nothing left to do
        } else {
            places[top] = meeting;
        }
    }

    void push(int place, int meeting, int lanes) {
        if (++top == places.length) {
            places = Arrays.copyOf(places, 2 * top);
            meetings = Arrays.copyOf(meetings, 2 * top);
            sets = Arrays.copyOf(sets, 2 * top);
        }
        places[top] = place;
        meetings[top] = meeting;
        sets[top] = lanes;
    }

    /** Ends threads. */
    void end(int lanes) {
        copies.end(lanes);
        live &= ~lanes;
        for (int i = 0; i <= top; i++) {
            sets[i] &= ~lanes;
        }
        while (top > 0 && sets[top] == 0) {
            top--;
        }
    }

    void hold() {
        waiting = true;
    }

    void release() {
        waiting = false;
    }

    /** The lanes that run now. */
    int running() {
        return sets[top];
    }
}
