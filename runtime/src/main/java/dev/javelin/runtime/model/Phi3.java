package dev.javelin.runtime.model;

import dev.javelin.api.Activation;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.Value;

/**
 * Phi-3, 3.5 and Phi-4-mini: one matrix for queries, keys and values, one for gate and up, part of each head turned, and two
 * tensors of factors of the rotation, for short and for long contexts. The window that Phi-3 names is ignored, as by llama.cpp.
 *
 * @param shortContext longest context that the short factors are for
 */
record Phi3(Dimensions size, RopeSpec rope, int shortContext) implements Architecture {

    static Phi3 of(Hyperparameters file) {
        file.refuse("expert_count", "a phi3 with experts");
        Dimensions size = Dimensions.of(file);
        return new Phi3(
                size,
                RopeSettings.read(file, RopeSpec.Order.HALVES, size.keySize()),
                file.count("rope.scaling.original_context_length", size.context()));
    }

    @Override
    public Value layer(Graph graph, int layer, Value x) {
        String block = "blk." + layer;
        String factors = graph.context() > shortContext ? "rope_factors_long" : "rope_factors_short";
        Heads heads = graph.fusedHeads(block, graph.norm(x, block + ".attn_norm"));
        Value attended = graph.attend(layer, graph.turned(heads, rope, factors), size.scoreScale(), 0);
        Value mixed = graph.add(graph.product(attended, block + ".attn_output", size.width()), x);
        Value fed = graph.fusedGated(block, graph.norm(mixed, block + ".ffn_norm"), Activation.SILU);
        return graph.add(graph.product(fed, block + ".ffn_down", size.width()), mixed);
    }
}
