package dev.javelin.runtime.model;

import dev.javelin.api.Activation;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.Value;

/**
 * Gemma 3: as Gemma 2 without caps, with norms of every head's query and key, a window in five layers of six, and another
 * base of the rotation in those.
 *
 * @param recentRope of the layers with a window
 * @param logitCap 0 for none
 */
record Gemma3(Dimensions size, RopeSpec rope, RopeSpec recentRope, int window, float logitCap) implements Architecture {
    private static final int PERIOD = 6;

    /** The layers of the one size whose scores are scaled by the width of a head as the width and the heads imply it. */
    private static final int LAYERS_OF_27B = 62;

    static Gemma3 of(Hyperparameters file) {
        Dimensions size = Dimensions.of(file);
        RopeSpec rope = RopeSettings.read(file, RopeSpec.Order.HALVES, size.keySize());
        double recentBase = file.number("rope.freq_base_swa", 10_000);
        return new Gemma3(
                size,
                rope,
                RopeSpec.plain(RopeSpec.Order.HALVES, rope.dims(), recentBase),
                file.count("attention.sliding_window", size.context()),
                (float) file.number("final_logit_softcapping", 0));
    }

    @Override
    public KvLayers keep(KvFormats formats) {
        return KvLayers.windowed(size, formats, window, Gemma3::recent);
    }

    private static boolean recent(int layer) {
        return layer % PERIOD < PERIOD - 1;
    }

    @Override
    public float embeddingScale() {
        return (float) Math.sqrt(size.width());
    }

    @Override
    public Value layer(Graph graph, int layer, Value x) {
        String block = "blk." + layer;
        Heads heads = graph.normed(block, graph.heads(block, graph.norm(x, block + ".attn_norm")));
        Heads turned = graph.turned(heads, recent(layer) ? recentRope : rope, "rope_freqs");
        Value attended = graph.attend(layer, turned, scoreScale(), 0);
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
