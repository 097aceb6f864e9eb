package dev.javelin.runtime.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.DoubleConsumer;
import java.util.function.IntConsumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SamplingOptionsTest {

    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    @Test
    void defaultsAreThoseOfLlamaCpp() {
        assertThat(SamplingOptions.builder().build())
                .isEqualTo(SamplingOptions.DEFAULTS)
                .isEqualTo(new SamplingOptions(
                        0.8, 40, 0.95, 0.05, 1, 0, 1, 0, 0, 64, 0, OptionalLong.empty(), Map.of(), -1));
        assertThat(SamplingOptions.GREEDY.temperature()).isZero();
        assertThat(SamplingOptions.PLAIN.with().seed(7).build().seed()).hasValue(7);
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        refuses("temperature", v -> SamplingOptions.builder().temperature(v).build(), -0.1, NAN, INF, -INF);
        refuses("topP", v -> SamplingOptions.builder().topP(v).build(), -0.1, 1.1, NAN, INF);
        refuses("minP", v -> SamplingOptions.builder().minP(v).build(), -0.1, 1.1, NAN, INF);
        refuses("typicalP", v -> SamplingOptions.builder().typicalP(v).build(), -0.1, 1.1, NAN, INF);
        refuses("topNSigma", v -> SamplingOptions.builder().topNSigma(v).build(), -0.1, NAN, INF);
        refuses("repeatPenalty", v -> SamplingOptions.builder().repeatPenalty(v).build(), 0, -1, NAN, INF);
        refuses(
                "frequencyPenalty",
                v -> SamplingOptions.builder().frequencyPenalty(v).build(),
                NAN,
                INF,
                -INF);
        refuses(
                "presencePenalty",
                v -> SamplingOptions.builder().presencePenalty(v).build(),
                NAN,
                INF,
                -INF);
        refuses(
                "logitBias",
                v -> SamplingOptions.builder().logitBias(Map.of(5, v)).build(),
                NAN,
                INF);
        refusesInt("topK", v -> SamplingOptions.builder().topK(v).build(), -1);
        refusesInt(
                "penaltyLastN", v -> SamplingOptions.builder().penaltyLastN(v).build(), -2);
        refusesInt("minKeep", v -> SamplingOptions.builder().minKeep(v).build(), -1);
        refusesInt("logprobs", v -> SamplingOptions.builder().logprobs(v).build(), -2);
        refusesInt(
                "logitBias",
                v -> SamplingOptions.builder().logitBias(Map.of(v, 1.0)).build(),
                -1);
    }

    @Test
    void laterChangesOfTheMapDoNotMatter() {
        Map<Integer, Double> bias = new HashMap<>(Map.of(1, 2.0));
        SamplingOptions options = SamplingOptions.builder().logitBias(bias).build();
        bias.put(1, 3.0);
        assertThat(options.logitBias()).containsExactly(Map.entry(1, 2.0));
        assertThatThrownBy(() -> options.logitBias().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private static void refuses(String option, DoubleConsumer set, double... values) {
        for (double value : values) {
            refused(option, () -> set.accept(value), String.valueOf(value));
        }
    }

    private static void refusesInt(String option, IntConsumer set, int value) {
        refused(option, () -> set.accept(value), String.valueOf(value));
    }

    private static void refused(String option, ThrowingCallable set, String value) {
        assertThatThrownBy(set)
                .as("%s=%s", option, value)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(option)
                .hasMessageContaining("=" + value)
                .hasMessageContaining("range: ");
    }
}
