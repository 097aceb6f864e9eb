package dev.javelin.kernels.host;

import dev.javelin.api.DeviceMemoryException;
import dev.javelin.api.MemoryUse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** All that is open on one device, how much memory that takes, and the lock under which its work is done. */
final class Openings {
    private final String device;
    private final long memoryTotal;
    private final ReentrantLock work = new ReentrantLock(true);
    private final Set<Opening> open = new LinkedHashSet<>();
    private boolean closed;

    /**
     * Nothing open yet.
     *
     * @param memoryTotal bytes that all that is open may take together
     */
    Openings(String device, long memoryTotal) {
        this.device = device;
        this.memoryTotal = memoryTotal;
    }

    String device() {
        return device;
    }

    /** Does the work when no other work of the device is under way. */
    void exclusively(Runnable piece) {
        work.lock();
        try {
            piece.run();
        } finally {
            work.unlock();
        }
    }

    void lock() {
        work.lock();
    }

    void unlock() {
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

    synchronized void remove(Opening opening) {
        open.remove(opening);
    }

    synchronized void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the device is closed: device=" + device);
        }
    }

    synchronized MemoryUse use() {
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
     * stays open, for its opener to close.
     */
    void closeAll(Runnable last) {
        List<Opening> all;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
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
        last.run();
        if (failure != null) {
            throw failure;
        }
    }
}
