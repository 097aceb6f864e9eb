package dev.javelin.runtime.model;

import dev.javelin.api.Activation;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.Value;

/**
 * Llama 2, 3, 3.1 and 3.2, whose factors of the rotation are a tensor, and Mistral; and Qwen 2 and 2.5, which differ in the
 * order of the rotation and in biases, which are taken where a file has them.
 */
record Llama(Dimensions size, RopeSpec rope) implements Architecture {

    static Llama of(Hyperparameters file, RopeSpec.Order order) {
        file.refuse("expert_count", "a llama with experts");
        Dimensions size = Dimensions.of(file);
        return new Llama(size, RopeSettings.read(file, order, size.keySize()));
    }

    @Override
    public Value layer(Graph graph, int layer, Value x) {
        String block = "blk." + layer;
        Heads heads = graph.heads(block, graph.norm(x, block + ".attn_norm"));
        Value attended = graph.attend(layer, graph.turned(heads, rope, "rope_freqs"), size.scoreScale(), 0);
        Value mixed = graph.add(graph.product(attended, block + ".attn_output", size.width()), x);
        Value fed = graph.gated(block, graph.norm(mixed, block + ".ffn_norm"), Activation.SILU);
        return graph.add(graph.product(fed, block + ".ffn_down", size.width()), mixed);
    }
}
