package dev.javelin.synth;

import java.util.List;

/** BitNet b1.58 by the name under which Microsoft converts its 2B model, whose gate is the squared ReLU. */
record BitNet() implements Family {

    @Override
    public String architecture() {
        return "bitnet-b1.58";
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
