package dev.javelin.runtime.engine;

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

    /** Whether the largest logit is the choice, so that the device can make it and nothing else comes back. */
    protected abstract boolean greedy();

    /** The prompt is about to be evaluated; the state of so many of its tokens is there already. */
    protected abstract void begun(int reused);

    /**
     * The next token.
     *
     * @param choice what the device or {@link #sample} chose
     * @return false to end
     */
    protected abstract boolean accept(int choice);

    /** Chooses from logits, of which those of this task are in the given row. */
    protected abstract int sample(MemorySegment logits, int row);

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
