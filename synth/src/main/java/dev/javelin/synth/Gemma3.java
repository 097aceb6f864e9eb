package dev.javelin.synth;

import dev.javelin.runtime.gguf.GgufOutput;
import java.util.List;

/**
 * Gemma 3, its text part.
 *
 * @param window of five layers in six
 * @param stretch how much slower the other layers turn; 1 for not at all
 */
record Gemma3(int window, float stretch) implements Family {

    @Override
    public String architecture() {
        return "gemma3";
    }

    /** The models have a SentencePiece vocabulary; this one is of bytes, so it cuts text as the first of those did. */
    @Override
    public String preTokenizer() {
        return "gpt-2";
    }

    @Override
    public List<Tensor> layer(Sizes sizes) {
        return new LayerTensors(sizes)
                .norms()
                .norm("post_attention_norm", sizes.width())
                .norm("post_ffw_norm", sizes.width())
                .headNorms()
                .attention()
                .feedForward()
                .toList();
    }

    @Override
    public void describe(Shape shape, GgufOutput out) {
        out.uint32("gemma3.attention.sliding_window", window);
        if (stretch != 1) {
            out.string("gemma3.rope.scaling.type", "linear").float32("gemma3.rope.scaling.factor", stretch);
        }
    }

    @Override
    public int leastLayers() {
        return 6;
    }

    @Override
    public Family scaled() {
        return new Gemma3(8, stretch);
    }
}
