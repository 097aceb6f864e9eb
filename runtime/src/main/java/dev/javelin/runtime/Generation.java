package dev.javelin.runtime;

import dev.javelin.runtime.sampling.Logprobs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A text while it is being generated. Iterate over it for the pieces as they come, or ask for the {@link #text()} as a whole;
 * both wait. It goes on without anybody who looks; {@link #close()} or {@link #cancel()} ends it early, and nobody need close
 * one that has ended. Pieces are for one reader; all else is for any thread.
 */
public final class Generation implements Iterable<String>, AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<String> unread = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> tokens = new ArrayList<>();
    private final List<Logprobs> logprobs = new ArrayList<>();
    private final Runnable canceller;
    private final long asked = System.nanoTime();
    private Runnable after = () -> {};
    private long begun;
    private long first;
    private long last;
    private int prompt;
    private int reused;
    private boolean read;
    private @Nullable StopReason reason;
    private @Nullable RuntimeException failure;

    Generation(Runnable canceller) {
        this.canceller = canceller;
    }

    /**
     * The pieces in order, each as soon as it is there; never empty, never half a character. They can be read once.
     *
     * @throws dev.javelin.api.JavelinException from the iterator, if the generation fails
     */
    @Override
    public Iterator<String> iterator() {
        lock.lock();
        try {
            if (read) {
                throw new IllegalStateException("the pieces can be read once; the whole is in text()");
            }
            read = true;
        } finally {
            lock.unlock();
        }
        return new Iterator<>() {
            private @Nullable String next;

            @Override
            public boolean hasNext() {
                if (next == null) {
                    next = take();
                }
                return next != null;
            }

            @Override
            public String next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                String piece = Objects.requireNonNull(next);
                next = null;
                return piece;
            }
        };
    }

    /** Hands every piece to the consumer, on this thread, and returns when the text has ended. */
    public Generation onEach(Consumer<? super String> consumer) {
        forEach(consumer);
        return this;
    }

    /** The whole text, once it has ended. */
    public String text() {
        await();
        return text.toString();
    }

    /** The tokens generated, once it has ended; without the one that said so. */
    public List<Integer> tokens() {
        await();
        return List.copyOf(tokens);
    }

    /** How probable each token was, once it has ended; empty unless the sampling options ask for it. */
    public List<Logprobs> logprobs() {
        await();
        return List.copyOf(logprobs);
    }

    /** Why it ended, once it has. */
    public StopReason stopReason() {
        await();
        return Objects.requireNonNull(reason);
    }

    /** Counts of tokens, once it has ended. */
    public Usage usage() {
        await();
        return new Usage(prompt, reused, tokens.size() + (reason == StopReason.END ? 1 : 0));
    }

    /** How long it took, once it has ended. */
    public Timings timings() {
        await();
        long chosen = first == 0 ? last : first;
        return new Timings(begun - asked, chosen - begun, last - chosen);
    }

    /** Ends it within one step. What was generated stays. */
    public void cancel() {
        canceller.run();
    }

    /** Cancels it if it goes on, and waits for its end. */
    @Override
    public void close() {
        cancel();
        lock.lock();
        try {
            while (reason == null && failure == null) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Runs once it has ended, or now if it has. */
    void whenEnded(Runnable then) {
        lock.lock();
        try {
            if (reason == null && failure == null) {
                after = then;
                return;
            }
        } finally {
            lock.unlock();
        }
        then.run();
    }

    void begun(int promptTokens, int reusedTokens) {
        lock.lock();
        try {
            begun = System.nanoTime();
            prompt = promptTokens;
            reused = reusedTokens;
        } finally {
            lock.unlock();
        }
    }

    void add(int token, @Nullable Logprobs probability) {
        lock.lock();
        try {
            last = System.nanoTime();
            first = first == 0 ? last : first;
            tokens.add(token);
            if (probability != null) {
                logprobs.add(probability);
            }
        } finally {
            lock.unlock();
        }
    }

    void add(String piece) {
        if (piece.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            text.append(piece);
            unread.add(piece);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void end(StopReason why) {
        lock.lock();
        try {
            last = System.nanoTime();
            begun = begun == 0 ? last : begun;
            reason = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        after.run();
    }

    void fail(RuntimeException why) {
        lock.lock();
        try {
            failure = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        after.run();
    }

    private @Nullable String take() {
        lock.lock();
        try {
            while (unread.isEmpty() && reason == null && failure == null) {
                changed.awaitUninterruptibly();
            }
            if (unread.isEmpty() && failure != null) {
                throw failure;
            }
            return unread.poll();
        } finally {
            lock.unlock();
        }
    }

    private void await() {
        lock.lock();
        try {
            while (reason == null && failure == null) {
                changed.awaitUninterruptibly();
            }
            if (failure != null) {
                throw failure;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether it has ended, well or not. */
    public boolean hasEnded() {
        lock.lock();
        try {
            return reason != null || failure != null;
        } finally {
            lock.unlock();
        }
    }

    /** Why it failed, without waiting; empty while it goes on or if it ended well. */
    Optional<RuntimeException> failure() {
        lock.lock();
        try {
            return Optional.ofNullable(failure);
        } finally {
            lock.unlock();
        }
    }
}
