package dev.javelin.runtime.engine;

import dev.javelin.api.Want;
import java.lang.foreign.MemorySegment;

/**
 * What an engine does for a sequence: add tokens, then choose one after the other until it is told to stop. All methods but
 * {@link #cancel} are called by the engine's thread alone, between steps, and must return quickly.
 */
public abstract class Task {
    private final Sequence sequence;
    private final int[] prompt;
    private volatile boolean cancelled;

    /** Set while others need the state memory more; for the engine's thread. */
    boolean waiting;

    /**
     * A task that continues a sequence.
     *
     * @param prompt all tokens of the sequence before the first that is chosen; state of those that it begins with is used
     */
    protected Task(Sequence sequence, int[] prompt) {
        this.sequence = sequence;
        this.prompt = prompt.clone();
    }

    final Sequence sequence() {
        return sequence;
    }

    final int[] prompt() {
        return prompt;
    }

    /** Ends the task within one step. From any thread. */
    public final void cancel() {
        cancelled = true;
    }

    final boolean cancelled() {
        return cancelled;
    }

    /** What comes back of the last token, and {@link #choose} reads; the device's own choice, where that will do, is the least. */
    protected abstract Want want();

    /** The prompt is about to be evaluated; the state of so many of its tokens is there already. */
    protected abstract void begun(int reused);

    /**
     * The next token.
     *
     * @param choice what {@link #choose} returned
     * @return false to end
     */
    protected abstract boolean accept(int choice);

    /** Reads its row of the output that it {@linkplain #want wants}, and chooses the next token by it. */
    protected abstract int choose(MemorySegment output, int row);

    /** Nothing follows: it was told to stop, cancelled, or the sequence is as long as it can be. */
    protected abstract void ended(End end);

    /** Nothing follows, since something went wrong. */
    protected abstract void failed(RuntimeException failure);

    /** Why a task ended. */
    public enum End {
        /** {@link #accept} said so. */
        STOPPED,
        /** The context is full. */
        FULL,
        CANCELLED,
        /** The engine was closed. */
        CLOSED
    }
}
