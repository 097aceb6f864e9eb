package dev.javelin.runtime.model;

import dev.javelin.api.Activation;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.Value;

/**
 * BitNet b1.58: norms inside both halves of a layer, and a scale beside each ternary matrix that has one. The first models
 * have a gate of SiLU, Microsoft's own of the squared ReLU; which names say which is told in {@code docs/bitnet.md}.
 */
record BitNet(Dimensions size, RopeSpec rope, Activation gate) implements Architecture {

    /** @param otherwise the gate where the file does not name one */
    static BitNet of(Hyperparameters file, Activation otherwise) {
        Dimensions size = Dimensions.of(file);
        return new BitNet(size, RopeSettings.read(file, RopeSpec.Order.HALVES, size.keySize()), gate(file, otherwise));
    }

    private static Activation gate(Hyperparameters file, Activation otherwise) {
        String name = file.text("hidden_activation", "");
        return switch (name) {
            case "" -> otherwise;
            case "silu" -> Activation.SILU;
            case "relu2" -> Activation.RELU_SQUARED;
            default ->
                throw ModelException.of(
                        "the gate of a BitNet must be one of silu, relu2: %s=%s, file=%s",
                        file.key("hidden_activation"), name, file.metadata().file());
        };
    }

    @Override
    public Value layer(Graph graph, int layer, Value x) {
        String block = "blk." + layer;
        Heads heads = graph.heads(block, graph.norm(x, block + ".attn_norm"));
        Value attended = graph.attend(layer, graph.turned(heads, rope, "rope_freqs"), size.scoreScale(), 0);
        Value inner = graph.norm(attended, block + ".attn_sub_norm");
        Value mixed = graph.add(graph.product(inner, block + ".attn_output", size.width()), x);
        Value fed = graph.gated(block, graph.norm(mixed, block + ".ffn_norm"), gate);
        Value down = graph.product(graph.norm(fed, block + ".ffn_sub_norm"), block + ".ffn_down", size.width());
        return graph.add(down, mixed);
    }
}
