package dev.javelin.synth;

import java.util.ArrayList;
import java.util.List;

/** Collects the tensors of a layer in the words of its sizes. For one thread. */
final class LayerTensors {
    private final Sizes sizes;
    private final List<Tensor> tensors = new ArrayList<>();

    LayerTensors(Sizes sizes) {
        this.sizes = sizes;
    }

    /** Norms before both halves of the layer. */
    LayerTensors norms() {
        return norm("attn_norm", sizes.width()).norm("ffn_norm", sizes.width());
    }

    LayerTensors norm(String name, long length) {
        tensors.add(Tensor.norm(name + ".weight", length));
        return this;
    }

    /** Norms of each head's query and key. */
    LayerTensors headNorms() {
        return norm("attn_q_norm", sizes.headSize()).norm("attn_k_norm", sizes.headSize());
    }

    LayerTensors attention() {
        return matrix("attn_q", Part.QUERY, sizes.width(), sizes.queries())
                .matrix("attn_k", Part.KEY, sizes.width(), sizes.keys())
                .matrix("attn_v", Part.VALUE, sizes.width(), sizes.keys())
                .matrix("attn_output", Part.ATTENTION_OUTPUT, sizes.queries(), sizes.width());
    }

    LayerTensors fusedAttention() {
        return matrix("attn_qkv", Part.FUSED, sizes.width(), sizes.queries() + 2 * sizes.keys())
                .matrix("attn_output", Part.ATTENTION_OUTPUT, sizes.queries(), sizes.width());
    }

    LayerTensors feedForward() {
        return matrix("ffn_gate", Part.GATE, sizes.width(), sizes.hidden())
                .matrix("ffn_up", Part.UP, sizes.width(), sizes.hidden())
                .matrix("ffn_down", Part.DOWN, sizes.hidden(), sizes.width());
    }

    LayerTensors fusedFeedForward() {
        return matrix("ffn_up", Part.UP, sizes.width(), 2L * sizes.hidden())
                .matrix("ffn_down", Part.DOWN, sizes.hidden(), sizes.width());
    }

    LayerTensors matrix(String name, Part part, long... dims) {
        tensors.add(Tensor.matrix(name + ".weight", part, dims));
        return this;
    }

    List<Tensor> toList() {
        return List.copyOf(tensors);
    }
}
