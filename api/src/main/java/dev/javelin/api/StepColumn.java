package dev.javelin.api;

/** The columns of a {@link Step}. All are ints in native order, but for those said to be floats. */
public enum StepColumn {
    /** Of each token, the {@linkplain Source#code() code} of its {@link Source}. */
    SOURCE,
    /** Of each token, its id, or the output row or embedding row that stands in for it. */
    TOKEN,
    /** Of each token, its sequence. */
    SEQUENCE,
    /** Of each token, its position for {@link Rope}. */
    POSITION,
    /** Of each token, its index in the state of its sequence. */
    KV_INDEX,
    /** Of each sequence, its first token. */
    FIRST,
    /** Of each sequence, its number of tokens. */
    COUNT,
    /** Of each sequence, its adapter; reserved, 0 for none. */
    ADAPTER,
    /** Of each sequence, 1 if its new tokens have a visibility mask. */
    TREE,
    /** For each group and each sequence, its blocks in order; -1 where there is none. */
    BLOCKS,
    /** Of each output row, its token. */
    OUTPUT_TOKEN,
    /** Of each output row, the {@linkplain Want#bit() bits} of what is wanted. */
    WANTS,
    /** Of each output row, 1 if only the ids in its mask may be chosen. */
    MASKED,
    /** Of each output row, one bit for each id of the vocabulary, lowest bit first. */
    ALLOWED,
    /** Of each bias, its output row. */
    BIAS_ROW,
    /** Of each bias, its id. */
    BIAS_TOKEN,
    /** Of each bias, what is added; float. */
    BIAS_VALUE,
    /** Of each token, one bit for each new token of its sequence that it sees, lowest bit first. */
    VISIBLE,
    /** The embedding rows; float. */
    EMBEDDINGS;

    /** What stands for a token. */
    public enum Source {
        /** Its id. */
        ID(0),
        /** The id that an output row of the previous run chose, see {@link Bindings#feedback()}. */
        FEEDBACK(1),
        /** An embedding row of the step. */
        EMBEDDING(2);

        private final int code;

        Source(int code) {
            this.code = code;
        }

        /** The number that stands for it in the column. */
        public int code() {
            return code;
        }

        static Source of(int code) {
            return switch (code) {
                case 0 -> ID;
                case 1 -> FEEDBACK;
                case 2 -> EMBEDDING;
                default -> throw new IllegalArgumentException("a token has no such source: source=%d".formatted(code));
            };
        }
    }
}
