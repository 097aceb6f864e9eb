package dev.javelin.runtime;

import dev.javelin.runtime.engine.Batch;
import dev.javelin.runtime.engine.Sequence;
import dev.javelin.runtime.text.EncodeOptions;

/**
 * One line of tokens in a model, whose state is kept from one generation to the next: what a new prompt begins with in common
 * with the last costs nothing. The opener closes it. Usable from any thread; one generation at a time.
 */
public final class Conversation implements AutoCloseable {
    private final Model model;
    private final Sequence sequence;

    Conversation(Model model, Sequence sequence) {
        this.model = model;
        this.sequence = sequence;
    }

    /**
     * Continues a text, which is taken as it is: the model's own begin token is added, and text of control tokens is text.
     *
     * @throws IllegalArgumentException if it does not fit into the context
     */
    public Generation generate(String prompt, GenerationOptions options) {
        return generate(model.tokenizer().encode(prompt, new EncodeOptions(true, false)), options);
    }

    /**
     * Continues tokens: all of them, not only those that are new.
     *
     * @throws IllegalArgumentException if they do not fit into the context, or one is not of the vocabulary
     */
    public Generation generate(int[] prompt, GenerationOptions options) {
        Batch.requireFits(prompt.length, model.context());
        for (int token : prompt) {
            if (token < 0 || token >= model.vocabulary()) {
                throw new IllegalArgumentException("the vocabulary has no such token: token=%d, vocabulary=%d"
                        .formatted(token, model.vocabulary()));
            }
        }
        GenerationTask task = new GenerationTask(sequence, prompt, options, model.tokenizer(), model.vocabulary());
        model.engine().submit(task);
        return task.generation();
    }

    /** The hidden state after a text, as a vector of length 1. */
    float[] embed(String text) {
        int[] tokens = model.tokenizer().encode(text, new EncodeOptions(true, false));
        Batch.requireFits(tokens.length, model.context());
        EmbeddingTask task = new EmbeddingTask(sequence, tokens, model.width());
        model.engine().submit(task);
        return task.await();
    }

    /** Another conversation that goes on from here; both share the state of what they have in common. */
    public Conversation fork() {
        return new Conversation(model, model.engine().fork(sequence));
    }

    /** Cancels what is under way, and gives the memory of the state back. */
    @Override
    public void close() {
        model.engine().close(sequence);
    }
}
