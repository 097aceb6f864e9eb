package dev.javelin.cpu;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the work of one operation after the other. Starting and ending an operation allocates nothing; threads
 * that find nothing to do spin for a moment, then sleep.
 *
 * <p>{@link #run} is for one caller at a time, which takes part in the work. The opener closes the pool.
 */
final class WorkerPool implements AutoCloseable {

    /** Work in items that do not depend on each other. */
    interface Task {
        /** Carries out one item; {@code worker} is a number below {@link #threads()} that no other item has meanwhile. */
        void run(int item, int worker);
    }

    /** Spinning costs others a processor, sleeping costs this operation some 50 microseconds; so wait as long as that. */
    private static final long SPIN_NANOS = 50_000;

    private static final int SPINS_PER_LOOK_AT_THE_CLOCK = 64;

    /** Items that nobody has taken yet. The last one goes first, so taking is a single countdown. */
    private final AtomicInteger untaken = new AtomicInteger();

    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Worker[] workers;
    private final long spinNanos;

    // Written while untaken is 0 and read after an item has been taken, so the counter orders the accesses.
    private @Nullable Task task;
    private int items;
    private volatile @Nullable Thread waiting;
    private volatile boolean closed;

    /** A pool of {@code threads}, of which the caller of {@link #run} is one. */
    WorkerPool(String name, int threads) {
        // Of the thread that opens a device its workers know nothing: they may outlive what it was doing.
        this(
                name,
                threads,
                Thread.ofPlatform()
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .factory());
    }

    /** With threads from elsewhere. */
    WorkerPool(String name, int threads, ThreadFactory factory) {
        // With more threads than processors whoever spins keeps another from working.
        spinNanos = threads <= Runtime.getRuntime().availableProcessors() ? SPIN_NANOS : 0;
        workers = new Worker[threads - 1];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i + 1, factory, name + "-" + (i + 1));
        }
        try {
            for (Worker worker : workers) {
                worker.thread.start();
            }
        } catch (Throwable failed) { // such as an OutOfMemoryError where the system has no more threads
            close();
            throw failed;
        }
    }

    /** Threads that work, the caller included. */
    int threads() {
        return workers.length + 1;
    }

    /**
     * Carries out items 0 to {@code count - 1} of the task and returns when all are done. If one fails, those that nobody has
     * begun are left out.
     *
     * @throws RuntimeException or Error, the first that an item threw, on whatever thread
     */
    void run(Task work, int count) {
        if (count <= 1 || workers.length == 0) {
            for (int item = 0; item < count; item++) {
                work.run(item, 0);
            }
            return;
        }
        if (closed) {
            throw new IllegalStateException("the pool is closed");
        }
        task = work;
        items = count;
        unfinished.set(count);
        untaken.set(count);
        wake(count - 1);
        takeItems(0);
        awaitOthers();
        Throwable failed = failure.getAndSet(null);
        if (failed != null) {
            throw WorkerPool.<RuntimeException>asIs(failed);
        }
    }

    /** Ends the threads and waits for them. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        for (Worker worker : workers) {
            LockSupport.unpark(worker.thread);
            while (worker.thread.isAlive()) {
                try {
                    worker.thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake(int most) {
        int left = most;
        for (int i = 0; i < workers.length && left > 0; i++, left--) {
            if (workers[i].asleep) {
                LockSupport.unpark(workers[i].thread);
            }
        }
    }

    private void takeItems(int worker) {
        for (int left = untaken.get(); left > 0; left = untaken.get()) {
            if (untaken.compareAndSet(left, left - 1)) {
                runItem(items - left, worker);
            }
        }
    }

    private void runItem(int item, int worker) {
        try {
            Task work = task;
            if (work != null && failure.get() == null) {
                work.run(item, worker);
            }
        } catch (Throwable failed) {
            failure.compareAndSet(null, failed);
        } finally {
            if (unfinished.decrementAndGet() == 0) {
                LockSupport.unpark(waiting); // nobody waits most of the time, then this does nothing
            }
        }
    }

    private void awaitOthers() {
        if (spinWhileUnfinished()) {
            boolean interrupted = false;
            waiting = Thread.currentThread();
            while (unfinished.get() > 0) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted(); // an interrupted thread cannot sleep; it is told again below
            }
            waiting = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        task = null;
    }

    private boolean spinWhileUnfinished() {
        long begin = System.nanoTime();
        for (int spins = 1; unfinished.get() > 0; spins++) {
            Thread.onSpinWait();
            if (spins % SPINS_PER_LOOK_AT_THE_CLOCK == 0 && System.nanoTime() - begin > spinNanos) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // rethrows what the item threw, checked or not
    private static <T extends Throwable> T asIs(Throwable failed) throws T {
        throw (T) failed;
    }

    private final class Worker implements Runnable {
        private final int number;
        private final Thread thread;
        private volatile boolean asleep;

        Worker(int number, ThreadFactory factory, String name) {
            this.number = number;
            this.thread = factory.newThread(this);
            thread.setName(name);
            thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        }

        @Override
        public void run() {
            while (!closed) {
                takeItems(number);
                if (spinWhileIdle()) {
                    sleep();
                }
            }
        }

        private boolean spinWhileIdle() {
            long begin = System.nanoTime();
            for (int spins = 1; untaken.get() == 0 && !closed; spins++) {
                Thread.onSpinWait();
                if (spins % SPINS_PER_LOOK_AT_THE_CLOCK == 0 && System.nanoTime() - begin > spinNanos) {
                    return true;
                }
            }
            return false;
        }

        private void sleep() {
            asleep = true; // before looking once more: whoever brings work looks at this after bringing it
            while (untaken.get() == 0 && !closed) {
                LockSupport.park(WorkerPool.this);
                Thread.interrupted(); // an interrupt is not for us, and would keep us from sleeping
            }
            asleep = false;
        }
    }
}
