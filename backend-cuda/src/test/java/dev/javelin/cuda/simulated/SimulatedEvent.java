package dev.javelin.cuda.simulated;

import org.jspecify.annotations.Nullable;

/** A point in a stream. */
final class SimulatedEvent {
    private volatile @Nullable SimulatedStream stream;
    private volatile long nanos;

    void recordedIn(SimulatedStream recorder) {
        stream = recorder;
    }

    void pass() {
        nanos = System.nanoTime();
    }

    long nanos() {
        return nanos;
    }

    /** 0, or the error of what came before. Comes to pass by being asked. */
    int finish() {
        SimulatedStream recorder = stream;
        return recorder == null ? 0 : recorder.finish();
    }
}
