package dev.javelin.runtime;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.javelin.api.Want;
import dev.javelin.runtime.engine.Sequence;
import dev.javelin.runtime.engine.Task;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Brings back the hidden state of the last token. */
final class EmbeddingTask extends Task {
    private final float[] hidden;
    private final CompletableFuture<float[]> result = new CompletableFuture<>();

    EmbeddingTask(Sequence sequence, int[] prompt, int width) {
        super(sequence, prompt);
        this.hidden = new float[width];
    }

    /** Waits for it. */
    float[] await() {
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    @Override
    protected Want want() {
        return Want.HIDDEN;
    }

    @Override
    protected void begun(int reused) {}

    @Override
    protected int choose(MemorySegment output, int row) {
        MemorySegment.copy(output, JAVA_FLOAT, (long) row * hidden.length * Float.BYTES, hidden, 0, hidden.length);
        double squares = 0;
        for (float number : hidden) {
            squares += (double) number * number;
        }
        float scale = squares == 0 ? 0 : (float) (1 / Math.sqrt(squares));
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] *= scale;
        }
        return 0;
    }

    @Override
    protected boolean accept(int choice) {
        return false;
    }

    @Override
    protected void ended(End end) {
        switch (end) {
            case STOPPED, FULL -> result.complete(hidden);
            case CANCELLED, CLOSED ->
                result.completeExceptionally(
                        new IllegalStateException("the model was closed before the text was read"));
        }
    }

    @Override
    protected void failed(RuntimeException failure) {
        result.completeExceptionally(failure);
    }
}
