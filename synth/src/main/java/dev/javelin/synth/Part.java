package dev.javelin.synth;

/** What a tensor is for; formats are chosen by it. */
enum Part {
    EMBEDDING,
    OUTPUT,
    QUERY,
    KEY,
    VALUE,
    /** Queries, keys and values by one matrix. */
    FUSED,
    ATTENTION_OUTPUT,
    GATE,
    /** The second half of a feed-forward layer, or both halves by one matrix. */
    UP,
    DOWN,
    /** What chooses experts; always in F32. */
    ROUTER,
    /** A norm or factors; always in F32. */
    VECTOR;

    boolean quantised() {
        return this != ROUTER && this != VECTOR;
    }
}
