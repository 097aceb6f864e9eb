package dev.javelin.cpu;

import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ExpMath} with vectors.
 *
 * <pre>
 *   x = count · ln 2 + r, r in [-0.35, 0.35];  e^r by its series;  e^x = 2^count · e^r
 * </pre>
 */
final class VectorExp implements ExpMath {
    private static final VectorSpecies<Float> F = Lanes.floats(MethodHandles.lookup());
    private static final VectorSpecies<Integer> I = Lanes.ints(MethodHandles.lookup());
    private static final Class<? extends FloatVector> FLOATS = Lanes.floatClassOf(F);
    private static final Class<? extends IntVector> INTS = Lanes.intClassOf(I);
    private static final int L = F.length();

    private static final float LOG2_E = 1.442695f;

    /** Of few bits, so its product with a small integer is exact. */
    private static final float LN2_HIGH = 0.6933594f;

    private static final float LN2_LOW = -0.00021219444f;

    /** From here on down the result is zero. */
    private static final float LEAST = -105;

    /**
     * Adding it leaves the rounded sum in the lowest bits, plus the exponent of 2^64: so none gets negative when it
     * becomes an exponent.
     */
    private static final float ROUND = 0x1.8p23f + 127 + 64;

    private static final int MANTISSA = 23;
    private static final float DOWN = 0x1p-64f;

    /** Above it tanh is 1. */
    private static final float TANH_MOST = 10;

    /** Below it tanh x is x, to less than half a unit. */
    private static final float TANH_LEAST = 0x1p-13f;

    private static final int SIGN = 0x80000000;

    @Override
    public void exp(float[] x, int at, int count) {
        for (int i = at; i < at + count; i += L) {
            FloatVector limited = FLOATS.cast(FloatVector.fromArray(F, x, i)).max(LEAST);
            FloatVector rounded = limited.lanewise(FMA, LOG2_E, ROUND);
            FloatVector powers = rounded.sub(ROUND);
            FloatVector r = powers.lanewise(FMA, -LN2_HIGH, limited);
            r = powers.lanewise(FMA, -LN2_LOW, r);
            FloatVector sum = r.lanewise(FMA, 1f / 5040, 1f / 720);
            sum = sum.lanewise(FMA, r, 1f / 120);
            sum = sum.lanewise(FMA, r, 1f / 24);
            sum = sum.lanewise(FMA, r, 1f / 6);
            sum = sum.lanewise(FMA, r, 0.5f);
            sum = sum.lanewise(FMA, r, 1f);
            sum = sum.lanewise(FMA, r, 1f);
            IntVector exponent = INTS.cast(rounded.reinterpretAsInts()).lanewise(LSHL, MANTISSA);
            sum.mul(exponent.reinterpretAsFloats()).mul(DOWN).intoArray(x, i);
        }
    }

    /** Through {@code m / (2 + m)} with {@code m = exp(2|x|) - 1}, where nothing cancels. */
    @Override
    public void softCap(float cap, float[] x, int at, int count) {
        for (int i = at; i < at + count; i += L) {
            FloatVector value = FLOATS.cast(FloatVector.fromArray(F, x, i));
            FloatVector magnitude = value.div(cap).lanewise(ABS);
            FloatVector twice = magnitude.min(TANH_MOST).mul(2f);
            FloatVector rounded = twice.lanewise(FMA, LOG2_E, ROUND);
            FloatVector powers = rounded.sub(ROUND);
            FloatVector r = powers.lanewise(FMA, -LN2_HIGH, twice);
            r = powers.lanewise(FMA, -LN2_LOW, r);
            FloatVector sum = r.lanewise(FMA, 1f / 5040, 1f / 720);
            sum = sum.lanewise(FMA, r, 1f / 120);
            sum = sum.lanewise(FMA, r, 1f / 24);
            sum = sum.lanewise(FMA, r, 1f / 6);
            sum = sum.lanewise(FMA, r, 0.5f);
            sum = sum.lanewise(FMA, r, 1f).mul(r); // exp(r) - 1
            IntVector exponent = INTS.cast(rounded.reinterpretAsInts()).lanewise(LSHL, MANTISSA);
            FloatVector power = FLOATS.cast(exponent.reinterpretAsFloats()).mul(DOWN);
            FloatVector m = sum.lanewise(FMA, power, power.sub(1f));
            FloatVector capped = m.div(m.add(2f)).mul(cap);
            IntVector sign = INTS.cast(value.reinterpretAsInts()).and(SIGN);
            IntVector signed = INTS.cast(capped.reinterpretAsInts()).or(sign);
            VectorMask<Float> small = magnitude.compare(LT, TANH_LEAST); // also where the quotient lost its digits
            FLOATS.cast(signed.reinterpretAsFloats()).blend(value, small).intoArray(x, i);
        }
    }
}
