package dev.javelin.synth;

import dev.javelin.runtime.gguf.GgufOutput;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape of a model: every tensor with its dimensions, and what the metadata say of them.
 *
 * @param name by which it is asked for
 * @param title in the file
 * @param tied whether the embeddings serve as the output too
 * @param context tokens of the longest sequence
 */
record Shape(
        String name,
        String title,
        Family family,
        Sizes sizes,
        int vocabulary,
        boolean tied,
        int context,
        float eps,
        double ropeBase) {

    /** How much the logits of a model without training differ, so that sampling neither always nor never takes the first. */
    private static final float SPREAD_OF_LOGITS = 2;

    /** All tensors, in the order of the file. */
    List<Tensor> tensors() {
        List<Tensor> all = new ArrayList<>();
        all.add(words("token_embd.weight", Part.EMBEDDING));
        all.addAll(family.others(this));
        List<Tensor> layer = family.layer(sizes);
        for (int i = 0; i < sizes.layers(); i++) {
            String block = "blk." + i + ".";
            layer.forEach(tensor -> all.add(tensor.within(block)));
        }
        all.add(Tensor.norm("output_norm.weight", sizes.width()));
        if (!tied) {
            all.add(words("output.weight", Part.OUTPUT));
        }
        return all;
    }

    private Tensor words(String name, Part part) {
        return Tensor.spread(name, part, SPREAD_OF_LOGITS, sizes.width(), vocabulary);
    }

    /** Numbers that were trained, which factors of the rotation were not. */
    long parameters() {
        return tensors().stream()
                .filter(tensor -> !(tensor.contents() instanceof Contents.Exactly))
                .mapToLong(Tensor::elements)
                .sum();
    }

    /** Writes the keys that say all this. */
    void describe(GgufOutput out) {
        String prefix = family.architecture() + ".";
        out.uint32(prefix + "context_length", context)
                .uint32(prefix + "embedding_length", sizes.width())
                .uint32(prefix + "block_count", sizes.layers())
                .uint32(prefix + "feed_forward_length", sizes.hidden())
                .uint32(prefix + "attention.head_count", sizes.heads())
                .uint32(prefix + "attention.head_count_kv", sizes.kvHeads())
                .uint32(prefix + "attention.key_length", sizes.headSize())
                .uint32(prefix + "attention.value_length", sizes.headSize())
                .float32(prefix + "attention.layer_norm_rms_epsilon", eps)
                .float32(prefix + "rope.freq_base", (float) ropeBase)
                .uint32(prefix + "vocab_size", vocabulary);
        family.describe(this, out);
    }

    /** A model of the same family with all of its peculiarities, but so small that it runs in no time. */
    Shape scaled() {
        return new Shape(
                name + "-scaled",
                title + " (scaled)",
                family.scaled(),
                sizes.scaled(family.leastLayers()),
                512,
                tied,
                context,
                eps,
                ropeBase);
    }
}
