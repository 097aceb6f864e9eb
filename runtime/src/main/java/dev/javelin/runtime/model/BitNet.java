package dev.javelin.runtime.model;

import dev.javelin.api.Activation;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.Value;

/** BitNet b1.58: norms inside both halves of a layer, and a scale beside each ternary matrix that has one. */
record BitNet(Dimensions size, RopeSpec rope) implements Architecture {

    static BitNet of(Hyperparameters file) {
        Dimensions size = Dimensions.of(file);
        return new BitNet(size, RopeSettings.read(file, RopeSpec.Order.HALVES, size.keySize()));
    }

    @Override
    public Value layer(Graph graph, int layer, Value x) {
        String block = "blk." + layer;
        Heads heads = graph.heads(block, graph.norm(x, block + ".attn_norm"));
        Value attended = graph.attend(layer, graph.turned(heads, rope, "rope_freqs"), size.scoreScale(), 0);
        Value inner = graph.norm(attended, block + ".attn_sub_norm");
        Value mixed = graph.add(graph.product(inner, block + ".attn_output", size.width()), x);
        Value fed = graph.gated(block, graph.norm(mixed, block + ".ffn_norm"), Activation.SILU);
        Value down = graph.product(graph.norm(fed, block + ".ffn_sub_norm"), block + ".ffn_down", size.width());
        return graph.add(down, mixed);
    }
}
