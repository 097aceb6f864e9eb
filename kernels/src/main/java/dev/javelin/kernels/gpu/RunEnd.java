package dev.javelin.kernels.gpu;

import dev.javelin.api.Completion;
import dev.javelin.api.DeviceFailedException;
import dev.javelin.api.JavelinException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The end of the latest run of a plan, as an event tells it. Leaves no garbage behind. Who waits for the event is counted, so that
 * it is not recorded anew or given back meanwhile.
 */
final class RunEnd implements Completion {
    private static final long PAUSE_NANOS = 20_000;

    private final GpuDriver driver;
    private final String run;
    private final long event;
    private boolean begun; // being enqueued
    private boolean enqueued; // and not known to have ended
    private int waiting;
    private @Nullable Throwable failure;

    /**
     * No run so far.
     *
     * @param run what it is a run of, for errors
     */
    RunEnd(GpuDriver driver, String run) {
        this.driver = driver;
        this.run = run;
        this.event = driver.openEvent();
    }

    /** A run begins; only one at a time. */
    synchronized void begin() {
        if (begun || !hasEnded()) {
            throw new IllegalStateException("the previous run has not ended: " + run);
        }
        begun = true;
    }

    /** It was refused, so it is none, and the one before stays the latest. */
    synchronized void refused() {
        begun = false;
        notifyAll();
    }

    /** Not all of it could be enqueued. */
    synchronized void failed(Throwable cause) {
        begun = false;
        failure = cause;
        notifyAll();
    }

    /** All of it is enqueued. With the device's lock held. */
    synchronized void enqueued() {
        awaitNobody();
        failure = null;
        driver.record(event);
        enqueued = true;
        begun = false;
        notifyAll();
    }

    /** Gives the event back, after the last run. */
    synchronized void close() {
        hasEnded();
        enqueued = false; // on a device that is lost the event may never come to pass
        awaitNobody();
        driver.freeEvent(event);
    }

    private boolean hasEnded() {
        if (enqueued) {
            try {
                enqueued = !driver.ended(event);
            } catch (JavelinException failed) {
                enqueued = false;
                failure = failed;
            }
        }
        return !enqueued;
    }

    /** Those who wait for an event that has come to pass are about to leave. */
    private void awaitNobody() {
        boolean interrupted = false;
        while (waiting > 0) {
            try {
                wait();
            } catch (InterruptedException deferred) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean done() {
        return !begun && hasEnded();
    }

    @Override
    public void await() {
        if (arrive()) {
            Throwable cause = null;
            try {
                driver.await(event);
            } catch (JavelinException failed) {
                cause = failed;
            } finally {
                leave(cause);
            }
        }
        requireSuccess();
    }

    /** Waits until the run is enqueued; whether it has to be waited for then. */
    private synchronized boolean arrive() {
        boolean interrupted = false;
        while (begun) {
            try {
                wait();
            } catch (InterruptedException deferred) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (enqueued) {
            waiting++;
        }
        return enqueued;
    }

    private synchronized void leave(@Nullable Throwable cause) {
        waiting--;
        if (enqueued) { // else somebody else has noticed
            enqueued = false;
            failure = cause;
        }
        notifyAll();
    }

    @Override
    public boolean await(long nanos) {
        long begin = System.nanoTime();
        boolean interrupted = false;
        while (!done()) {
            long left = nanos - (System.nanoTime() - begin);
            if (left <= 0) {
                restore(interrupted);
                return false;
            }
            interrupted |= Thread.interrupted(); // or it would not pause
            LockSupport.parkNanos(Math.min(left, PAUSE_NANOS));
        }
        restore(interrupted);
        requireSuccess();
        return true;
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void requireSuccess() {
        Throwable cause = failure;
        if (cause != null) {
            throw new DeviceFailedException("a run failed: %s, cause=%s".formatted(run, cause), cause);
        }
    }
}
