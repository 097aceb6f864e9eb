package dev.javelin.api;

/**
 * The largest step that a plan must take.
 *
 * @param tokens new tokens of one step, over all sequences
 * @param sequences sequences of one step
 * @param outputs rows of one step for which something is wanted
 * @param context longest sequence, old and new tokens together
 * @param extras what a step may carry besides; costs memory only where asked for
 */
public record Limits(int tokens, int sequences, int outputs, int context, Extras extras) {

    public Limits {
        Check.that(tokens > 0, "tokens must be positive: tokens=%d", tokens);
        Check.that(
                sequences > 0 && sequences <= tokens,
                "sequences must lie in 1..tokens: sequences=%d, tokens=%d",
                sequences,
                tokens);
        Check.that(
                outputs > 0 && outputs <= tokens,
                "outputs must lie in 1..tokens: outputs=%d, tokens=%d",
                outputs,
                tokens);
        Check.that(context > 0, "context must be positive: context=%d", context);
    }

    /** Limits for steps of plain tokens, without extras. */
    public Limits(int tokens, int sequences, int outputs, int context) {
        this(tokens, sequences, outputs, context, Extras.NONE);
    }

    /** The same limits with other extras. */
    public Limits with(Extras other) {
        return new Limits(tokens, sequences, outputs, context, other);
    }

    /**
     * What a step may carry besides its tokens; zero and false mean never.
     *
     * @param embeddingWidth width of embedding rows that stand in for token ids
     * @param vocabulary size of the vocabulary, if output rows carry masks of allowed ids; ids from there on are not allowed
     * @param biases logit biases of one step, over all output rows
     * @param trees whether new tokens may have a visibility mask among themselves
     */
    public record Extras(int embeddingWidth, int vocabulary, int biases, boolean trees) {

        /** Nothing besides tokens. */
        public static final Extras NONE = new Extras(0, 0, 0, false);

        public Extras {
            Check.that(embeddingWidth >= 0, "embeddingWidth must not be negative: embeddingWidth=%d", embeddingWidth);
            Check.that(vocabulary >= 0, "vocabulary must not be negative: vocabulary=%d", vocabulary);
            Check.that(biases >= 0, "biases must not be negative: biases=%d", biases);
        }
    }
}
