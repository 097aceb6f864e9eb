package dev.javelin.runtime.engine;

import dev.javelin.api.JavelinException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of all sequences of one model on a thread of its own, many in one step. Usable from any thread; what is asked
 * for happens between two steps. The opener closes it before what the {@link Batch} works on.
 */
public final class Engine implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();
    private final Deque<Runnable> wishes = new ArrayDeque<>();
    private final Batch batch;
    private final Thread thread;
    private boolean closing;

    /**
     * Starts the thread.
     *
     * @param name of the thread
     */
    public Engine(String name, Batch batch) {
        this.batch = batch;
        this.thread = Thread.ofPlatform()
                .name(name)
                .daemon()
                .inheritInheritableThreadLocals(false)
                .unstarted(this::run);
        thread.start();
    }

    /** A new sequence without tokens. */
    public Sequence open() {
        return call(batch::open);
    }

    /** A new sequence that goes on from where another one is; it shares its state until either changes it. */
    public Sequence fork(Sequence other) {
        return call(() -> batch.fork(other));
    }

    /** Gives back what a sequence keeps. Its task, if it has one, ends as cancelled. */
    public void close(Sequence sequence) {
        ask(() -> batch.close(sequence));
    }

    /**
     * Begins a task as soon as the step under way has ended.
     *
     * @throws IllegalStateException if the engine is closed
     */
    public void submit(Task task) {
        if (!ask(() -> batch.begin(task))) {
            throw closed();
        }
    }

    /** Tokens whose state is there and steps that were run, as they are between two steps. */
    public Load load() {
        return call(batch::load);
    }

    /** Ends all tasks after the step under way, then the thread. */
    @Override
    public void close() {
        refuseWishes();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T call(Supplier<T> wish) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        boolean taken = ask(() -> {
            try {
                answer.complete(wish.get());
            } catch (RuntimeException | Error refused) {
                answer.completeExceptionally(refused);
            }
        });
        if (!taken) {
            throw closed();
        }
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new JavelinException("the engine failed: " + e.getCause(), e.getCause());
        }
    }

    private boolean ask(Runnable wish) {
        lock.lock();
        try {
            if (closing) {
                return false;
            }
            wishes.add(wish);
            asked.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("the model is closed");
    }

    private void run() {
        try {
            for (Runnable wish = next(); wish != null; wish = next()) {
                carryOut(wish);
            }
        } finally {
            refuseWishes();
            batch.end();
        }
    }

    /** Whatever fails, the thread goes on: others wait for what it has to answer. */
    private void carryOut(Runnable wish) {
        try {
            wish.run();
        } catch (RuntimeException | Error failure) {
            batch.fail(new JavelinException("the engine failed: " + failure, failure));
        }
    }

    private void refuseWishes() {
        lock.lock();
        try {
            closing = true;
            asked.signal();
        } finally {
            lock.unlock();
        }
    }

    /** What to do next: a wish if there is one, else a step if there is a task, else wait; null to end. */
    private @Nullable Runnable next() {
        lock.lock();
        try {
            while (true) {
                Runnable wish = wishes.poll();
                if (wish != null) {
                    return wish;
                }
                if (closing) {
                    return null;
                }
                if (batch.busy()) {
                    return batch::step;
                }
                asked.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * How busy an engine is.
     *
     * @param tasks under way
     * @param sequences open
     * @param blocksInUse blocks of state that some sequence keeps
     * @param steps that were run
     * @param tokens that they had in all
     */
    public record Load(int tasks, int sequences, int blocksInUse, long steps, long tokens) {}
}
