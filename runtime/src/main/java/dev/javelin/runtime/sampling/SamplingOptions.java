package dev.javelin.runtime.sampling;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How tokens are chosen. Immutable; {@link #DEFAULTS} are those of llama.cpp, {@link #GREEDY} always takes the most probable
 * token, {@link #PLAIN} draws from the distribution as it is.
 *
 * <p>The steps run in this order: bias, penalties, top-n-sigma, top-k, typical, top-p, min-p, temperature.
 *
 * @param temperature divides the logits that are left; 0 takes the greatest. Finite, at least 0
 * @param topK keeps so many of the most probable tokens; 0 for all
 * @param topP keeps the most probable tokens until their probabilities reach it, from 0 to 1; 1 for all
 * @param minP keeps tokens at least so many times as probable as the most probable one, from 0 to 1; 0 for all
 * @param typicalP keeps the tokens of the most typical surprise until their probabilities exceed it, from 0 to 1; 1 for all
 * @param topNSigma keeps logits at most so many standard deviations below the greatest; finite, 0 for all
 * @param repeatPenalty divides positive logits of tokens that occurred, and multiplies the others; finite, above 0; 1 for none
 * @param frequencyPenalty is subtracted once for each time that the token occurred; finite
 * @param presencePenalty is subtracted from the logits of tokens that occurred; finite
 * @param penaltyLastN how many of the last tokens the penalties look at; 0 for none, -1 for all
 * @param minKeep typical, top-p and min-p leave at least so many tokens
 * @param seed where the random numbers start; if empty, each sampler takes one of its own and tells which
 * @param logitBias what is added to the logits of tokens before all else; finite, or minus infinity to ban a token
 * @param logprobs how many of the most probable tokens to report with each token chosen; 0 for the chosen one only, -1 for none
 */
public record SamplingOptions(
        double temperature,
        int topK,
        double topP,
        double minP,
        double typicalP,
        double topNSigma,
        double repeatPenalty,
        double frequencyPenalty,
        double presencePenalty,
        int penaltyLastN,
        int minKeep,
        OptionalLong seed,
        Map<Integer, Double> logitBias,
        int logprobs) {

    /** Draws from the distribution as it is. */
    public static final SamplingOptions PLAIN =
            new SamplingOptions(1, 0, 1, 0, 1, 0, 1, 0, 0, 64, 0, OptionalLong.empty(), Map.of(), -1);

    /** Temperature 0.8, top-k 40, top-p 0.95, min-p 0.05. */
    public static final SamplingOptions DEFAULTS =
            PLAIN.with().temperature(0.8).topK(40).topP(0.95).minP(0.05).build();

    /** Always the most probable token. */
    public static final SamplingOptions GREEDY = PLAIN.with().temperature(0).build();

    /** Checks every option. */
    public SamplingOptions {
        check(temperature >= 0 && temperature < Double.POSITIVE_INFINITY, "temperature", temperature, "finite, >= 0");
        check(topK >= 0, "topK", topK, ">= 0; 0 turns it off");
        check(topP >= 0 && topP <= 1, "topP", topP, "from 0 to 1; 1 turns it off");
        check(minP >= 0 && minP <= 1, "minP", minP, "from 0 to 1; 0 turns it off");
        check(typicalP >= 0 && typicalP <= 1, "typicalP", typicalP, "from 0 to 1; 1 turns it off");
        check(
                topNSigma >= 0 && topNSigma < Double.POSITIVE_INFINITY,
                "topNSigma",
                topNSigma,
                "finite, >= 0; 0 turns it off");
        check(
                repeatPenalty > 0 && repeatPenalty < Double.POSITIVE_INFINITY,
                "repeatPenalty",
                repeatPenalty,
                "finite, > 0; 1 turns it off");
        check(Double.isFinite(frequencyPenalty), "frequencyPenalty", frequencyPenalty, "finite; 0 turns it off");
        check(Double.isFinite(presencePenalty), "presencePenalty", presencePenalty, "finite; 0 turns it off");
        check(penaltyLastN >= -1, "penaltyLastN", penaltyLastN, ">= -1; 0 turns penalties off, -1 looks at all tokens");
        check(minKeep >= 0, "minKeep", minKeep, ">= 0");
        check(logprobs >= -1, "logprobs", logprobs, ">= -1; -1 turns it off, 0 reports the chosen token only");
        logitBias = Map.copyOf(logitBias);
        logitBias.forEach((token, bias) -> {
            check(token >= 0, "logitBias, a token", token, ">= 0");
            check(
                    bias < Double.POSITIVE_INFINITY,
                    "logitBias of token " + token,
                    bias,
                    "finite, or -Infinity to ban the token");
        });
    }

    /** A builder that starts from {@link #DEFAULTS}. */
    public static Builder builder() {
        return DEFAULTS.with();
    }

    /** A builder that starts from these options. */
    public Builder with() {
        return new Builder(this);
    }

    /** Whether every choice is the greatest logit as the model computed it, so that a device can make it. */
    public boolean isGreedy() {
        return takesGreatest() && !penalizes() && logitBias.isEmpty();
    }

    /** Whether the tokens so far matter. */
    boolean penalizes() {
        return penaltyLastN != 0 && (repeatPenalty != 1 || frequencyPenalty != 0 || presencePenalty != 0);
    }

    /** Whether the choice is the greatest logit, whatever the filters: of these only typical may remove it. */
    boolean takesGreatest() {
        return temperature == 0 && typicalP == 1;
    }

    private static void check(boolean holds, String option, Object value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%s must be in its range: %s=%s, range: %s", option, option, value, range));
        }
    }

    /** Sets options one by one; they are checked when built. Not safe for use by several threads at once. */
    public static final class Builder {
        private double temperature;
        private int topK;
        private double topP;
        private double minP;
        private double typicalP;
        private double topNSigma;
        private double repeatPenalty;
        private double frequencyPenalty;
        private double presencePenalty;
        private int penaltyLastN;
        private int minKeep;
        private OptionalLong seed;
        private Map<Integer, Double> logitBias;
        private int logprobs;

        private Builder(SamplingOptions from) {
            temperature = from.temperature;
            topK = from.topK;
            topP = from.topP;
            minP = from.minP;
            typicalP = from.typicalP;
            topNSigma = from.topNSigma;
            repeatPenalty = from.repeatPenalty;
            frequencyPenalty = from.frequencyPenalty;
            presencePenalty = from.presencePenalty;
            penaltyLastN = from.penaltyLastN;
            minKeep = from.minKeep;
            seed = from.seed;
            logitBias = from.logitBias;
            logprobs = from.logprobs;
        }

        /** Sets {@link SamplingOptions#temperature()}. */
        public Builder temperature(double temperature) {
            this.temperature = temperature;
            return this;
        }

        /** Sets {@link SamplingOptions#topK()}. */
        public Builder topK(int topK) {
            this.topK = topK;
            return this;
        }

        /** Sets {@link SamplingOptions#topP()}. */
        public Builder topP(double topP) {
            this.topP = topP;
            return this;
        }

        /** Sets {@link SamplingOptions#minP()}. */
        public Builder minP(double minP) {
            this.minP = minP;
            return this;
        }

        /** Sets {@link SamplingOptions#typicalP()}. */
        public Builder typicalP(double typicalP) {
            this.typicalP = typicalP;
            return this;
        }

        /** Sets {@link SamplingOptions#topNSigma()}. */
        public Builder topNSigma(double topNSigma) {
            this.topNSigma = topNSigma;
            return this;
        }

        /** Sets {@link SamplingOptions#repeatPenalty()}. */
        public Builder repeatPenalty(double repeatPenalty) {
            this.repeatPenalty = repeatPenalty;
            return this;
        }

        /** Sets {@link SamplingOptions#frequencyPenalty()}. */
        public Builder frequencyPenalty(double frequencyPenalty) {
            this.frequencyPenalty = frequencyPenalty;
            return this;
        }

        /** Sets {@link SamplingOptions#presencePenalty()}. */
        public Builder presencePenalty(double presencePenalty) {
            this.presencePenalty = presencePenalty;
            return this;
        }

        /** Sets {@link SamplingOptions#penaltyLastN()}. */
        public Builder penaltyLastN(int penaltyLastN) {
            this.penaltyLastN = penaltyLastN;
            return this;
        }

        /** Sets {@link SamplingOptions#minKeep()}. */
        public Builder minKeep(int minKeep) {
            this.minKeep = minKeep;
            return this;
        }

        /** Sets {@link SamplingOptions#seed()}. */
        public Builder seed(long seed) {
            this.seed = OptionalLong.of(seed);
            return this;
        }

        /** Sets {@link SamplingOptions#logitBias()}. */
        public Builder logitBias(Map<Integer, Double> logitBias) {
            this.logitBias = logitBias;
            return this;
        }

        /** Sets {@link SamplingOptions#logprobs()}. */
        public Builder logprobs(int logprobs) {
            this.logprobs = logprobs;
            return this;
        }

        /** The options, checked. */
        public SamplingOptions build() {
            return new SamplingOptions(
                    temperature,
                    topK,
                    topP,
                    minP,
                    typicalP,
                    topNSigma,
                    repeatPenalty,
                    frequencyPenalty,
                    presencePenalty,
                    penaltyLastN,
                    minKeep,
                    seed,
                    logitBias,
                    logprobs);
        }
    }
}
