package dev.javelin.synth;

import java.util.List;

/** BitNet b1.58 as the architecture {@code bitnet} of llama.cpp has it: with a gate of SiLU, which the 2B model has not. */
record BitNet() implements Family {

    @Override
    public String architecture() {
        return "bitnet";
    }

    @Override
    public String preTokenizer() {
        return "llama-bpe";
    }

    @Override
    public List<Tensor> layer(Sizes sizes) {
        return new LayerTensors(sizes)
                .norms()
                .norm("attn_sub_norm", sizes.queries())
                .norm("ffn_sub_norm", sizes.hidden())
                .attention()
                .feedForward()
                .toList();
    }
}
