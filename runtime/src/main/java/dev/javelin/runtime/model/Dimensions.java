package dev.javelin.runtime.model;

/**
 * The sizes that every transformer has.
 *
 * @param width of the hidden state
 * @param hidden width inside the feed-forward layer
 * @param context tokens that the model was trained for
 * @param eps of all norms
 */
record Dimensions(
        int layers, int width, int heads, int kvHeads, int keySize, int valueSize, int hidden, int context, float eps) {

    static Dimensions of(Hyperparameters file) {
        int width = file.count("embedding_length");
        int heads = file.count("attention.head_count");
        int kvHeads = file.count("attention.head_count_kv", heads);
        if (heads % kvHeads != 0) {
            throw ModelException.of(
                    "the heads must be a multiple of the KV heads: %s=%d, %s=%d, file=%s",
                    file.key("attention.head_count"),
                    heads,
                    file.key("attention.head_count_kv"),
                    kvHeads,
                    file.metadata().file());
        }
        if (width % heads != 0 && !file.has("attention.key_length")) {
            throw ModelException.of(
                    "without %s the heads must divide the width: %s=%d, %s=%d, file=%s",
                    file.key("attention.key_length"),
                    file.key("attention.head_count"),
                    heads,
                    file.key("embedding_length"),
                    width,
                    file.metadata().file());
        }
        int keySize = file.count("attention.key_length", Math.max(1, width / heads));
        return new Dimensions(
                file.count("block_count"),
                width,
                heads,
                kvHeads,
                keySize,
                file.count("attention.value_length", keySize),
                file.count("feed_forward_length"),
                file.count("context_length"),
                (float) file.number("attention.layer_norm_rms_epsilon"));
    }

    /** The usual factor of scores. */
    float scoreScale() {
        return (float) (1 / Math.sqrt(keySize));
    }
}
