package dev.javelin.runtime;

import dev.javelin.runtime.sampling.SamplingOptions;
import dev.javelin.runtime.sampling.StopStrings;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How a text is generated. Immutable; change one with the methods {@code with…}.
 *
 * @param maxTokens the most tokens to generate; the context is a limit in any case
 * @param sampling how tokens are chosen
 * @param stop texts at which it ends; they are not part of it
 */
public record GenerationOptions(int maxTokens, SamplingOptions sampling, StopStrings stop) {

    /** As the model likes it: sampled, until the model ends or the context is full. */
    public static final GenerationOptions DEFAULTS =
            new GenerationOptions(Integer.MAX_VALUE, SamplingOptions.DEFAULTS, StopStrings.of(List.of()));

    /** Always the most probable token: the same prompt gives the same text. */
    public static final GenerationOptions GREEDY = DEFAULTS.withSampling(SamplingOptions.GREEDY);

    public GenerationOptions {
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1: maxTokens=" + maxTokens);
        }
    }

    public GenerationOptions withMaxTokens(int tokens) {
        return new GenerationOptions(tokens, sampling, stop);
    }

    public GenerationOptions withSampling(SamplingOptions other) {
        return new GenerationOptions(maxTokens, other, stop);
    }

    /** With some sampling options changed, as in {@code withSampling(s -> s.temperature(0.7).seed(1))}. */
    public GenerationOptions withSampling(UnaryOperator<SamplingOptions.Builder> change) {
        return withSampling(change.apply(sampling.with()).build());
    }

    public GenerationOptions withStop(String... texts) {
        return new GenerationOptions(maxTokens, sampling, StopStrings.of(List.of(texts)));
    }
}
