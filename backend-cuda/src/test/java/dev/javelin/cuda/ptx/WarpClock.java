package dev.javelin.cuda.ptx;

/**
 * What a warp knows of the others' past, as vector clocks: each warp counts the times at which it synchronised, and knows up to
 * which count of every other warp it has seen. What happened later is not ordered before what it does now.
 */
final class WarpClock {
    private static final int MOST = (1 << 20) - 1;

    private final int own;
    private final int[] seen;
    private int now = 1;

    WarpClock(int own, int warps) {
        this.own = own;
        this.seen = new int[warps];
    }

    int now() {
        return now;
    }

    /** Whether what another thread of that warp did at that time is ordered before what this warp does now. */
    boolean after(int warp, int time) {
        return time <= seen[warp];
    }

    /** Orders the warp's own threads among each other. */
    void syncOwn() {
        seen[own] = now;
        tick();
    }

    /** Tells what the warp has seen and done. */
    void tellTo(int[] joined) {
        seen[own] = now;
        learn(seen, joined);
        tick();
    }

    void learnFrom(int[] joined) {
        learn(joined, seen);
    }

    private static void learn(int[] from, int[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = Math.max(to[i], from[i]);
        }
    }

    private void tick() {
        if (now++ == MOST) {
            throw new Fault(Fault.Kind.BUDGET, "more than " + MOST + " barriers in one block");
        }
    }
}
