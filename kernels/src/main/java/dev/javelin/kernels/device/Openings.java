package dev.javelin.kernels.device;

import dev.javelin.api.DeviceMemoryException;
import dev.javelin.api.MemoryUse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All that is open on one device, how much memory that takes, and the lock under which its work is done. Usable from any thread;
 * closed with the device.
 */
public final class Openings {
    private final String device;
    private final long memoryTotal;
    private final ReentrantLock work = new ReentrantLock(true);
    private final Set<Opening> open = new LinkedHashSet<>();
    private boolean closed;
    private @Nullable Runnable last; // what ends the device, until it is done

    /**
     * Nothing open yet.
     *
     * @param memoryTotal bytes that all that is open may take together
     */
    public Openings(String device, long memoryTotal) {
        this.device = device;
        this.memoryTotal = memoryTotal;
    }

    /** The id of the device. */
    public String device() {
        return device;
    }

    /** Does the work when no other work of the device is under way. */
    public void exclusively(Runnable piece) {
        work.lock();
        try {
            piece.run();
        } finally {
            work.unlock();
        }
    }

    /** For work that shall leave no garbage behind; with {@link #unlock} in a finally block. */
    public void lock() {
        work.lock();
    }

    public void unlock() {
        work.unlock();
    }

    synchronized void add(Opening opening) {
        requireOpen();
        long available = memoryTotal - use().total();
        if (opening.bytesTaken() > available) {
            throw new DeviceMemoryException(device, opening.name(), opening.bytesTaken(), available);
        }
        open.add(opening);
    }

    /** With the lock held. */
    void remove(Opening opening) {
        synchronized (this) {
            open.remove(opening);
        }
        endIfNothingIsOpen();
    }

    /**
     * Refuses to go on once the device is closed.
     *
     * @throws IllegalStateException then
     */
    public synchronized void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the device is closed: device=" + device);
        }
    }

    /**
     * Refuses to bind what another device opened, or what was closed; null is nothing.
     *
     * @throws IllegalArgumentException if it is another's
     * @throws IllegalStateException if it is closed
     */
    public void requireOwn(String what, @Nullable Object bound) {
        if (bound != null) {
            if (!(bound instanceof Opening opening && opening.owner() == this)) {
                throw new IllegalArgumentException(
                        "only what this device opened can be bound: what=%s, device=%s".formatted(what, device));
            }
            opening.requireOpen();
        }
    }

    /** The memory of all that is open. */
    public synchronized MemoryUse use() {
        MemoryUse sum = new MemoryUse(0, 0, 0, 0, 0);
        for (Opening opening : open) {
            MemoryUse one = opening.use();
            sum = new MemoryUse(
                    sum.weights() + one.weights(),
                    sum.states() + one.states(),
                    sum.buffers() + one.buffers(),
                    sum.plans() + one.plans(),
                    sum.open() + one.open());
        }
        return sum;
    }

    /**
     * Closes everything, last opened first, and then does the last thing; nothing if that was done before. What cannot be closed
     * stays open, for its opener to close; the last thing is done when that has happened, since closing still needs what lies
     * beneath. With the lock held.
     */
    public void closeAll(Runnable ending) {
        List<Opening> all;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = ending;
            all = List.copyOf(open);
        }
        RuntimeException failure = null;
        for (Opening opening : all.reversed()) {
            try {
                opening.close();
            } catch (RuntimeException failed) {
                failure = failed;
            }
        }
        endIfNothingIsOpen();
        if (failure != null) {
            throw failure;
        }
    }

    private void endIfNothingIsOpen() {
        Runnable ending;
        synchronized (this) {
            ending = open.isEmpty() ? last : null;
            if (ending != null) {
                last = null;
            }
        }
        if (ending != null) {
            ending.run();
        }
    }
}
