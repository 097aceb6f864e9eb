package dev.javelin.api;

import org.jspecify.annotations.Nullable;

/**
 * How positions turn into angles.
 *
 * <p>Pair {@code i} of a head turns by {@code angle = position · scale · base^(-2i/dims) / factor_i}: {@code (a, b)} becomes
 * {@code (a cos - b sin, a sin + b cos)}, with cosine and sine multiplied by {@code magnitude}. The factors, where a model has
 * them (Llama 3, longrope), are a weight of {@link Rope}.
 *
 * @param order which elements of a head form a pair
 * @param dims elements of a head that turn, from its beginning; the rest is copied
 * @param base of the frequencies
 * @param scale of the positions; 1 for none, 1/4 for linear scaling to four times the context
 * @param magnitude multiplies cosine and sine; 1 for none
 * @param yarn mixing of scaled and unscaled frequencies, or none
 */
public record RopeSpec(
        Order order,
        int dims,
        double base,
        double scale,
        float magnitude,
        @Nullable Yarn yarn) {

    /** Which elements of a head form a pair. */
    public enum Order {
        /** Elements {@code 2i} and {@code 2i+1}. */
        NEIGHBOURS,
        /** Elements {@code i} and {@code i + dims/2}. */
        HALVES
    }

    /**
     * YaRN: slow frequencies are scaled, fast ones are not, those between are mixed.
     *
     * <p>With {@code turns(d) = dims · ln(originalContext / (2π d)) / (2 ln base)}, {@code low = max(0,
     * floor(turns(betaFast)))}, {@code high = min(dims-1, ceil(turns(betaSlow)))} and {@code ramp_i = 1 - clamp((i - low) /
     * max(0.001, high - low), 0, 1)}, pair {@code i} turns by {@code angle · (scale · (1 - mix_i) + mix_i)}, where
     * {@code mix_i = ramp_i · extrapolation} and {@code angle} is unscaled. The magnitude is further multiplied by {@code 1 +
     * 0.1 ln(1/scale)} if {@code extrapolation} is not zero.
     *
     * @param extrapolation share of unscaled angles, usually 1; 0 leaves linear scaling
     */
    public record Yarn(float extrapolation, float betaFast, float betaSlow, int originalContext) {
        public Yarn {
            Operands.finite("Yarn", "extrapolation", extrapolation);
            Check.that(
                    betaFast >= betaSlow && betaSlow > 0,
                    "[Yarn] betas must be positive, fast above slow: betaFast=%s, betaSlow=%s",
                    betaFast,
                    betaSlow);
            Check.that(
                    originalContext > 0,
                    "[Yarn] originalContext must be positive: originalContext=%d",
                    originalContext);
        }
    }

    public RopeSpec {
        Check.that(dims > 0 && dims % 2 == 0, "[Rope] dims must be positive and even: dims=%d", dims);
        Check.that(base > 1 && Double.isFinite(base), "[Rope] base must be above 1: base=%s", base);
        Check.that(scale > 0 && Double.isFinite(scale), "[Rope] scale must be positive: scale=%s", scale);
        Operands.finite("Rope", "magnitude", magnitude);
    }

    /** Rotation without any scaling. */
    public static RopeSpec plain(Order order, int dims, double base) {
        return new RopeSpec(order, dims, base, 1, 1, null);
    }
}
