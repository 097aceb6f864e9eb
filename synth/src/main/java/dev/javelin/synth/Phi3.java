package dev.javelin.synth;

import dev.javelin.runtime.gguf.GgufOutput;
import java.util.Collections;
import java.util.List;

/**
 * Phi-3 and Phi-4-mini.
 *
 * @param originalContext longest one that needs no longer waves
 * @param longFactors of the pairs that are turned, for longer contexts; for short ones all are 1
 */
record Phi3(int originalContext, int window, List<Float> longFactors) implements Family {

    @Override
    public String architecture() {
        return "phi3";
    }

    @Override
    public String preTokenizer() {
        return "gpt-4o";
    }

    @Override
    public List<Tensor> layer(Sizes sizes) {
        return new LayerTensors(sizes)
                .norms()
                .fusedAttention()
                .fusedFeedForward()
                .toList();
    }

    @Override
    public List<Tensor> others(Shape shape) {
        return List.of(
                Tensor.vector("rope_factors_long.weight", longFactors),
                Tensor.vector("rope_factors_short.weight", Collections.nCopies(longFactors.size(), 1f)));
    }

    @Override
    public void describe(Shape shape, GgufOutput out) {
        double longer = (double) shape.context() / originalContext;
        double magnitude = Math.sqrt(1 + Math.log(longer) / Math.log(originalContext));
        out.uint32("phi3.rope.dimension_count", 2L * longFactors.size())
                .uint32("phi3.rope.scaling.original_context_length", originalContext)
                .float32("phi3.rope.scaling.attn_factor", (float) magnitude)
                .uint32("phi3.attention.sliding_window", window);
    }

    /** For heads of half the size. */
    @Override
    public Family scaled() {
        return new Phi3(originalContext, window, longFactors.subList(0, longFactors.size() / 2));
    }
}
