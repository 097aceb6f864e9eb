package dev.javelin.runtime.engine;

import dev.javelin.api.Want;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A task that lists the most probable tokens, up to a number of them or a token that ends it. */
final class Listing extends Task {
    private final int vocabulary;
    private final int most;
    private final int last;
    private final boolean onDevice;
    private final List<Integer> tokens = new ArrayList<>();
    private final List<float[]> logits = new ArrayList<>();
    private final CompletableFuture<End> end = new CompletableFuture<>();
    int reused = -1;

    private Listing(Sequence sequence, int[] prompt, int vocabulary, int most, int last, boolean onDevice) {
        super(sequence, prompt);
        this.vocabulary = vocabulary;
        this.most = most;
        this.last = last;
        this.onDevice = onDevice;
    }

    /** Chosen by the device. */
    static Listing onDevice(Sequence sequence, int[] prompt, int most, int last) {
        return new Listing(sequence, prompt, 0, most, last, true);
    }

    /** Chosen here, and the logits are kept. */
    static Listing withLogits(Sequence sequence, int[] prompt, int vocabulary, int most) {
        return new Listing(sequence, prompt, vocabulary, most, -1, false);
    }

    List<Integer> await() {
        awaitEnd();
        return tokens;
    }

    List<float[]> logits() {
        awaitEnd();
        return logits;
    }

    End awaitEnd() {
        return end.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    protected Want want() {
        return onDevice ? Want.ID : Want.LOGITS;
    }

    @Override
    protected void begun(int tokensReused) {
        reused = tokensReused;
    }

    @Override
    protected int choose(MemorySegment all, int row) {
        if (onDevice) {
            return all.getAtIndex(ValueLayout.JAVA_INT, row);
        }
        float[] own = all.asSlice((long) row * vocabulary * Float.BYTES, (long) vocabulary * Float.BYTES)
                .toArray(ValueLayout.JAVA_FLOAT);
        logits.add(own);
        int largest = 0;
        for (int i = 1; i < own.length; i++) {
            largest = own[i] > own[largest] ? i : largest;
        }
        return largest;
    }

    @Override
    protected boolean accept(int choice) {
        if (choice == last) {
            return false;
        }
        tokens.add(choice);
        return tokens.size() < most;
    }

    @Override
    protected void ended(End why) {
        end.complete(why);
    }

    @Override
    protected void failed(RuntimeException failure) {
        end.completeExceptionally(failure);
    }
}
