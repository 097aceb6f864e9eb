package dev.javelin.runtime.model;

import dev.javelin.api.Activation;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.Value;

/**
 * Gemma 2: norms before and after each half of a layer, soft caps on scores and logits, and a window in every other layer,
 * beginning with the first.
 */
record Gemma2(Dimensions size, RopeSpec rope, int window, float scoreCap, float logitCap) implements Architecture {
    /** The layers of the one size whose scores are scaled by the width of a head as the width and the heads imply it. */
    private static final int LAYERS_OF_27B = 46;

    static Gemma2 of(Hyperparameters file) {
        Dimensions size = Dimensions.of(file);
        return new Gemma2(
                size,
                RopeSettings.read(file, RopeSpec.Order.HALVES, size.keySize()),
                file.count("attention.sliding_window", 4096),
                (float) file.number("attn_logit_softcapping", 50),
                (float) file.number("final_logit_softcapping", 30));
    }

    @Override
    public KvLayers keep(KvFormats formats) {
        return KvLayers.windowed(size, formats, window, layer -> layer % 2 == 0);
    }

    @Override
    public float embeddingScale() {
        return (float) Math.sqrt(size.width());
    }

    @Override
    public Value layer(Graph graph, int layer, Value x) {
        String block = "blk." + layer;
        Heads heads = graph.heads(block, graph.norm(x, block + ".attn_norm"));
        Value attended = graph.attend(layer, graph.turned(heads, rope, "rope_freqs"), scoreScale(), scoreCap);
        Value output = graph.product(attended, block + ".attn_output", size.width());
        Value mixed = graph.add(graph.norm(output, block + ".post_attention_norm"), x);
        Value fed = graph.gated(block, graph.norm(mixed, block + ".ffn_norm"), Activation.GELU_TANH);
        Value down = graph.product(fed, block + ".ffn_down", size.width());
        return graph.add(graph.norm(down, block + ".post_ffw_norm"), mixed);
    }

    private float scoreScale() {
        return size.layers() == LAYERS_OF_27B
                ? (float) (1 / Math.sqrt((double) size.width() / size.heads()))
                : size.scoreScale();
    }
}
