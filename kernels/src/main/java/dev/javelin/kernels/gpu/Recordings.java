package dev.javelin.kernels.gpu;

import dev.javelin.api.DeviceMemoryException;
import dev.javelin.api.Limits;
import dev.javelin.api.Step;

/**
 * The launches of a plan's small steps, as recorded for counts that are powers of two: steps of fewer tokens, sequences or
 * outputs use the recording too, since kernels look at the counts in memory. What occurs once is not worth recording, and in large
 * steps launches cost nothing in comparison. Finding one leaves no garbage behind.
 */
final class Recordings implements AutoCloseable {
    /** Steps of more tokens are launched piece by piece. */
    static final int MOST_TOKENS = 64;

    private static final int MOST_RECORDINGS = 32;
    private static final long SEEN_ONCE = 0;

    private final Recorder recorder;
    private final Limits limits;
    private final RunCounts counts = new RunCounts();
    private final long[] keys = new long[MOST_RECORDINGS];
    private final long[] recordings = new long[MOST_RECORDINGS];
    private int count;
    private boolean memoryLacks;

    /** What to record. */
    @FunctionalInterface
    interface Launches {
        void enqueue(RunCounts counts);
    }

    Recordings(Recorder recorder, Limits limits) {
        this.recorder = recorder;
        this.limits = limits;
    }

    /** Enqueues the launches of a step from a recording, or answers false: then they have to be enqueued piece by piece. */
    boolean replay(Step step, Launches launches) {
        if (step.tokens() > MOST_TOKENS) {
            return false;
        }
        counts.round(step, limits);
        int index = find(counts.key());
        if (index < 0) {
            return false;
        }
        if (recordings[index] == SEEN_ONCE) {
            if (memoryLacks) {
                return false;
            }
            try {
                recordings[index] = record(launches);
            } catch (DeviceMemoryException lacks) {
                memoryLacks = true; // goes on as a driver that cannot record
                return false;
            }
        }
        recorder.replay(recordings[index]);
        return true;
    }

    /** Where it is; negative if it was not there before, or there is no room. */
    private int find(long key) {
        for (int i = 0; i < count; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        if (count < MOST_RECORDINGS) {
            keys[count] = key;
            recordings[count] = SEEN_ONCE;
            count++;
        }
        return -1;
    }

    private long record(Launches launches) {
        recorder.begin();
        boolean complete = false;
        try {
            launches.enqueue(counts);
            complete = true;
        } finally {
            if (!complete) {
                recorder.abandon();
            }
        }
        return recorder.end();
    }

    /** Gives them back; no run may be under way. */
    @Override
    public void close() {
        for (int i = 0; i < count; i++) {
            if (recordings[i] != SEEN_ONCE) {
                recorder.free(recordings[i]);
            }
        }
        count = 0;
    }
}
