package dev.javelin.cpu;

import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.javelin.api.Activation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Functions of vectors of any width, to be inlined where the width is known. Within 2 units in the last place unless said
 * otherwise. They do the same whether interpreted or compiled, and to every lane, so results never depend on the neighbours.
 */
final class VectorMath {
    private static final float LOG2_E = 1.442695f;

    /** Multiples of {@code 2^-9} up to {@code 2^0}, so its product with a small integer is exact. */
    private static final float LN2_HIGH = 0.6933594f;

    private static final float LN2_LOW = -0.00021219444f;

    /** Adding this rounds to an integer, which is then in the lowest bits of the sum. */
    private static final float ROUND = 0x1.8p23f;

    private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

    /** Beyond these exp is 0 or infinite, and the scale of the result no longer fits two factors. */
    private static final float EXP_LEAST = -105;

    private static final float EXP_MOST = 89;

    private static final float TANH_IS_ONE_FROM = 10;
    private static final int MAGNITUDE = 0x7FFFFFFF;
    private static final int SIGN = 0x80000000;

    private VectorMath() {}

    /** {@code e^x}; below the normal range it loses digits, from 88.73 on it is infinite. */
    static FloatVector exp(FloatVector x) {
        FloatVector limited = x.max(EXP_LEAST).min(EXP_MOST);
        FloatVector rounded = limited.lanewise(FMA, LOG2_E, ROUND);
        FloatVector small = expm1OfRest(limited, rounded.sub(ROUND));
        IntVector power = rounded.reinterpretAsInts().sub(ROUND_BITS);
        IntVector half = power.lanewise(VectorOperators.ASHR, 1);
        return small.add(1f).mul(powerOfTwo(half)).mul(powerOfTwo(power.sub(half)));
    }

    /** {@code tanh x}. */
    static FloatVector tanh(FloatVector x) {
        FloatVector twice = magnitude(x).min(TANH_IS_ONE_FROM).mul(2f);
        FloatVector rounded = twice.lanewise(FMA, LOG2_E, ROUND);
        FloatVector small = expm1OfRest(twice, rounded.sub(ROUND));
        FloatVector power = powerOfTwo(rounded.reinterpretAsInts().sub(ROUND_BITS));
        FloatVector expm1 = power.lanewise(FMA, small, power.sub(1f)); // no cancellation where x is small: power is 1
        FloatVector result = expm1.div(expm1.add(2f));
        return result.reinterpretAsInts().or(x.reinterpretAsInts().and(SIGN)).reinterpretAsFloats();
    }

    /** {@link Activation#SILU}. */
    static FloatVector silu(FloatVector x) {
        return x.mul(logistic(x));
    }

    /** {@link Activation#GELU_TANH}, through {@code (1 + tanh u) / 2 = 1 / (1 + exp(-2u))}, where nothing cancels. */
    static FloatVector geluTanh(FloatVector x) {
        float twiceRootTwoOverPi = 1.5957692f;
        FloatVector twice = x.mul(x).lanewise(FMA, 0.044715f, 1f).mul(x).mul(twiceRootTwoOverPi);
        return x.mul(logistic(twice));
    }

    /**
     * {@link Activation#GELU_ERF}, through {@code erfc t = erfcx t · exp(-t²)}. For {@code t >= 0} the scaled {@code erfcx t}
     * is {@code s · p(s)} with {@code s = 1 / (1 + t/2)}, where {@code p} is a Chebyshev fit on {@code s} in [1/8, 1]: good to
     * 4 units in the last place, and to some hundred where the result is below {@code 1e-10}.
     */
    static FloatVector geluErf(FloatVector x) {
        FloatVector t = magnitude(x).mul(0.70710677f);
        FloatVector one = FloatVector.broadcast(t.species(), 1f);
        FloatVector s = one.div(t.lanewise(FMA, 0.5f, 1f));
        FloatVector p = s.lanewise(FMA, 0.03861721f, -0.20844029f);
        p = p.lanewise(FMA, s, 0.4279422f);
        p = p.lanewise(FMA, s, -0.3610436f);
        p = p.lanewise(FMA, s, 0.047659088f);
        p = p.lanewise(FMA, s, -0.009407974f);
        p = p.lanewise(FMA, s, 0.07410755f);
        p = p.lanewise(FMA, s, 0.18018404f);
        p = p.lanewise(FMA, s, 0.24613115f);
        p = p.lanewise(FMA, s, 0.28215814f);
        p = p.lanewise(FMA, s, 0.2820925f);
        FloatVector halfErfc = p.mul(s).mul(exp(t.mul(t).neg())).mul(0.5f);
        FloatVector share = halfErfc.lanewise(FMA, -1f, one).blend(halfErfc, x.lt(0f));
        return x.mul(share);
    }

    /** {@code 1 / (1 + exp(-x))}; where x is negative, {@code exp x / (1 + exp x)}, which does not overflow. */
    private static FloatVector logistic(FloatVector x) {
        FloatVector small = exp(magnitude(x).neg());
        FloatVector one = FloatVector.broadcast(x.species(), 1f);
        return one.blend(small, x.lt(0f)).div(small.add(1f));
    }

    /** {@link Activation#RELU_SQUARED}. */
    static FloatVector reluSquared(FloatVector x) {
        FloatVector positive = x.max(0f);
        return positive.mul(positive);
    }

    /** {@code e^r - 1} with {@code r = x - count · ln 2} in [-0.35, 0.35]: its series, good to 1/10 of a unit. */
    private static FloatVector expm1OfRest(FloatVector x, FloatVector count) {
        FloatVector r = count.lanewise(FMA, -LN2_HIGH, x);
        r = count.lanewise(FMA, -LN2_LOW, r);
        FloatVector sum = r.lanewise(FMA, 1f / 5040, 1f / 720);
        sum = sum.lanewise(FMA, r, 1f / 120);
        sum = sum.lanewise(FMA, r, 1f / 24);
        sum = sum.lanewise(FMA, r, 1f / 6);
        sum = sum.lanewise(FMA, r, 0.5f);
        return sum.mul(r).lanewise(FMA, r, r);
    }

    private static FloatVector powerOfTwo(IntVector power) {
        return power.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
    }

    private static FloatVector magnitude(FloatVector x) {
        return x.reinterpretAsInts().and(MAGNITUDE).reinterpretAsFloats();
    }
}
