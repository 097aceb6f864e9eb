package dev.javelin.api;

/**
 * The end of a run. One object serves all runs of a plan; it speaks of the latest, and a step that was refused was none. Usable
 * from any thread.
 */
public interface Completion {

    /** Whether the run has ended, well or not. */
    boolean done();

    /**
     * Waits for the end of the run. An interrupt does not shorten it; the thread is then interrupted on return.
     *
     * @throws DeviceFailedException if the run failed; again on every call
     */
    void await();

    /**
     * Waits for the end of the run, but no longer than that. An interrupt does not shorten it.
     *
     * @return whether the run has ended
     * @throws DeviceFailedException if the run failed
     */
    boolean await(long nanos);
}
