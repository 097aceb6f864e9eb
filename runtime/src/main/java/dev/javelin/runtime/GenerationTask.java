package dev.javelin.runtime;

import dev.javelin.api.Want;
import dev.javelin.runtime.engine.Sequence;
import dev.javelin.runtime.engine.Task;
import dev.javelin.runtime.sampling.Logprobs;
import dev.javelin.runtime.sampling.Sampler;
import dev.javelin.runtime.sampling.StopMatcher;
import dev.javelin.runtime.text.TextStream;
import dev.javelin.runtime.text.Tokenizer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** Turns the choices for a sequence into the text of a {@link Generation}. Used by the engine's thread. */
final class GenerationTask extends Task {
    private final Tokenizer tokenizer;
    private final GenerationOptions options;
    private final @Nullable Sampler sampler;
    private final TextStream decoder;
    private final StopMatcher stops;
    private final int promptTokens;
    private final Generation generation = new Generation(this::cancel);
    private int count;
    private StopReason reason = StopReason.MAX_TOKENS;

    GenerationTask(Sequence sequence, int[] prompt, GenerationOptions options, Tokenizer tokenizer, int vocabulary) {
        super(sequence, prompt);
        this.tokenizer = tokenizer;
        this.options = options;
        this.promptTokens = prompt.length;
        this.decoder = tokenizer.stream();
        this.stops = options.stop().matcher();
        this.sampler = onDevice(options) ? null : new Sampler(options.sampling(), vocabulary);
        if (sampler != null) {
            for (int token : prompt) {
                sampler.accept(token);
            }
        }
    }

    /** Whether the device's choice of the largest logit is all that is wanted. */
    private static boolean onDevice(GenerationOptions options) {
        return options.sampling().isGreedy() && options.sampling().logprobs() < 0;
    }

    Generation generation() {
        return generation;
    }

    @Override
    protected Want want() {
        return sampler == null ? Want.ID : Want.LOGITS;
    }

    @Override
    protected void begun(int reused) {
        generation.begun(promptTokens, reused);
    }

    @Override
    protected int choose(MemorySegment output, int row) {
        return sampler == null ? output.getAtIndex(ValueLayout.JAVA_INT, row) : sampler.next(output, row);
    }

    @Override
    protected boolean accept(int choice) {
        count++;
        if (choice < tokenizer.size() && tokenizer.isEnd(choice)) {
            reason = StopReason.END;
            return false;
        }
        Logprobs probability = sampler == null || options.sampling().logprobs() < 0 ? null : sampler.logprobs();
        generation.add(choice, probability);
        if (choice < tokenizer.size()) { // some models know more ids than they have texts for
            generation.add(stops.push(decoder.next(choice)));
        }
        if (stops.stopped()) {
            reason = StopReason.STOP_STRING;
            return false;
        }
        return count < options.maxTokens();
    }

    @Override
    protected void ended(End end) {
        if (!stops.stopped()) {
            generation.add(stops.push(decoder.end()));
            generation.add(stops.end());
        }
        generation.end(
                switch (end) {
                    case STOPPED -> reason;
                    case FULL -> StopReason.CONTEXT_FULL;
                    case CANCELLED, CLOSED -> StopReason.CANCELLED;
                });
    }

    @Override
    protected void failed(RuntimeException failure) {
        generation.fail(failure);
    }
}
