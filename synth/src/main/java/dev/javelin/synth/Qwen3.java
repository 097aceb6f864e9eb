package dev.javelin.synth;

import java.util.List;

/** Qwen 3 without experts. */
record Qwen3() implements Family {

    @Override
    public String architecture() {
        return "qwen3";
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
                .feedForward()
                .toList();
    }
}
