package dev.javelin.runtime.model;

import dev.javelin.api.Activation;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.Value;

/**
 * Qwen 3: every head's query and key has a norm. In some, experts take the place of the feed-forward layer.
 *
 * @param experts 0 for none
 * @param chosen experts of each token
 * @param expertHidden width inside an expert
 */
record Qwen3(Dimensions size, RopeSpec rope, int experts, int chosen, int expertHidden) implements Architecture {

    static Qwen3 dense(Hyperparameters file) {
        Dimensions size = Dimensions.of(file);
        return new Qwen3(size, rope(file, size), 0, 0, 0);
    }

    static Qwen3 withExperts(Hyperparameters file) {
        Dimensions size = Dimensions.of(file);
        int experts = file.count("expert_count");
        int chosen = file.count("expert_used_count");
        if (chosen > experts) {
            throw ModelException.of(
                    "no more experts can be used than there are: %s=%d, %s=%d, file=%s",
                    file.key("expert_used_count"),
                    chosen,
                    file.key("expert_count"),
                    experts,
                    file.metadata().file());
        }
        return new Qwen3(size, rope(file, size), experts, chosen, file.count("expert_feed_forward_length"));
    }

    private static RopeSpec rope(Hyperparameters file, Dimensions size) {
        return RopeSettings.read(file, RopeSpec.Order.HALVES, size.keySize());
    }

    @Override
    public Value layer(Graph graph, int layer, Value x) {
        String block = "blk." + layer;
        Heads heads = graph.normed(block, graph.heads(block, graph.norm(x, block + ".attn_norm")));
        Value attended = graph.attend(layer, graph.turned(heads, rope, "rope_freqs"), size.scoreScale(), 0);
        Value mixed = graph.add(graph.product(attended, block + ".attn_output", size.width()), x);
        return graph.add(feed(graph, block, graph.norm(mixed, block + ".ffn_norm")), mixed);
    }

    private Value feed(Graph graph, String block, Value x) {
        return experts == 0
                ? graph.product(graph.gated(block, x, Activation.SILU), block + ".ffn_down", size.width())
                : graph.experts(block, x, experts, chosen, expertHidden, Activation.SILU);
    }
}
