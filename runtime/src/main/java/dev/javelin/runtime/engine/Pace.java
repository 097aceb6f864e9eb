package dev.javelin.runtime.engine;

/**
 * How many tokens a step may have so that it does not last too long: others wait for its end, and so does who cancels. Learns
 * from the steps that were run. For one thread.
 */
final class Pace {
    private static final int FIRST = 32;
    private static final int LEAST = 8;

    /** A share of the goal, since steps differ. */
    private static final double AIM = 0.8;

    private final long goalNanos;
    private final int most;
    private int tokens;

    Pace(long goalNanos, int most) {
        this.goalNanos = goalNanos;
        this.most = most;
        this.tokens = Math.min(FIRST, most);
    }

    /** The most tokens of the next step. */
    int tokens() {
        return tokens;
    }

    /** A step of so many tokens took so long. */
    void learn(int count, long nanos) {
        if (count < Math.min(LEAST, most)) {
            return; // the time of so few is not that of their number
        }
        double fitting = AIM * goalNanos * count / Math.max(1, nanos);
        int next = (int) Math.min(fitting, 2.0 * Math.max(count, tokens)); // the first steps are slow, so not at once
        tokens = Math.clamp(next, Math.min(LEAST, most), most);
    }
}
