package dev.javelin.synth;

import dev.javelin.runtime.gguf.GgufOutput;
import java.util.List;

/**
 * Qwen 3 with experts.
 *
 * @param chosen experts of each token
 * @param expertHidden width inside an expert
 */
record Qwen3Moe(int experts, int chosen, int expertHidden) implements Family {

    @Override
    public String architecture() {
        return "qwen3moe";
    }

    @Override
    public String preTokenizer() {
        return "qwen2";
    }

    @Override
    public List<Tensor> layer(Sizes sizes) {
        return new LayerTensors(sizes)
                .norms()
                .headNorms()
                .attention()
                .matrix("ffn_gate_inp", Part.ROUTER, sizes.width(), experts)
                .matrix("ffn_gate_exps", Part.GATE, sizes.width(), expertHidden, experts)
                .matrix("ffn_up_exps", Part.UP, sizes.width(), expertHidden, experts)
                .matrix("ffn_down_exps", Part.DOWN, expertHidden, sizes.width(), experts)
                .toList();
    }

    @Override
    public void describe(Shape shape, GgufOutput out) {
        out.uint32("qwen3moe.expert_count", experts)
                .uint32("qwen3moe.expert_used_count", chosen)
                .uint32("qwen3moe.expert_feed_forward_length", expertHidden);
    }

    @Override
    public Family scaled() {
        return new Qwen3Moe(8, 2, 256);
    }
}
