package dev.javelin.cpu;

import static dev.javelin.cpu.Lanes.ORDER;
import static jdk.incubator.vector.VectorOperators.ABS;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** {@link ElementMath} with vectors. */
final class VectorElements implements ElementMath {
    private static final VectorSpecies<Float> F = Lanes.floats(MethodHandles.lookup());
    private static final Class<? extends FloatVector> FLOATS = Lanes.floatClassOf(F);
    private static final int L = F.length();

    @Override
    public void minusMagnitude(float[] x, float[] to, int count) {
        for (int i = 0; i < count; i += L) {
            FLOATS.cast(FloatVector.fromArray(F, x, i)).lanewise(ABS).neg().intoArray(to, i);
        }
    }

    /** Where x is negative it is {@code exp x / (1 + exp x)}, which does not overflow. */
    @Override
    public void logistic(float[] x, float[] exp, int count) {
        for (int i = 0; i < count; i += L) {
            FloatVector value = FLOATS.cast(FloatVector.fromArray(F, x, i));
            FloatVector small = FLOATS.cast(FloatVector.fromArray(F, exp, i));
            FloatVector one = FLOATS.cast(FloatVector.broadcast(F, 1));
            one.blend(small, value.compare(LT, 0)).div(small.add(1)).intoArray(exp, i);
        }
    }

    @Override
    public void twiceU(MemorySegment x, long at, int count, float[] to) {
        float twiceRootTwoOverPi = 1.5957692f;
        for (int i = 0; i < count; i += L) {
            FloatVector value = FLOATS.cast(FloatVector.fromMemorySegment(F, x, at + (long) i * Float.BYTES, ORDER));
            FloatVector cubic = value.mul(value).lanewise(FMA, 0.044715f, 1f).mul(value);
            cubic.mul(twiceRootTwoOverPi).intoArray(to, i);
        }
    }

    @Override
    public void minusHalfSquare(MemorySegment x, long at, int count, float[] to) {
        for (int i = 0; i < count; i += L) {
            FloatVector value = FLOATS.cast(FloatVector.fromMemorySegment(F, x, at + (long) i * Float.BYTES, ORDER));
            value.mul(value).mul(-0.5f).intoArray(to, i);
        }
    }

    /**
     * Through {@code erfc t = erfcx t · exp(-t²)}. For {@code t >= 0} the scaled {@code erfcx t} is {@code s · p(s)} with
     * {@code s = 1 / (1 + t/2)}, where {@code p} is a Chebyshev fit on {@code s} in [1/8, 1]: good to 5 units in the last
     * place.
     */
    @Override
    public void halfErfc(MemorySegment x, long at, int count, float[] exp) {
        float rootOfEighth = 0.35355338f; // t/2 = x / √8
        for (int i = 0; i < count; i += L) {
            FloatVector value = FLOATS.cast(FloatVector.fromMemorySegment(F, x, at + (long) i * Float.BYTES, ORDER));
            FloatVector one = FLOATS.cast(FloatVector.broadcast(F, 1));
            FloatVector s = one.div(value.lanewise(ABS).lanewise(FMA, rootOfEighth, 1f));
            FloatVector p = s.lanewise(FMA, -0.06078248f, 0.29255956f);
            p = p.lanewise(FMA, s, -0.5028517f);
            p = p.lanewise(FMA, s, 0.29483923f);
            p = p.lanewise(FMA, s, -0.03731012f);
            p = p.lanewise(FMA, s, 0.20680512f);
            p = p.lanewise(FMA, s, 0.24217135f);
            p = p.lanewise(FMA, s, 0.28248817f);
            p = p.lanewise(FMA, s, 0.28208083f);
            FloatVector half = p.mul(s).mul(FloatVector.fromArray(F, exp, i)).mul(0.5f);
            one.sub(half).blend(half, value.compare(LT, 0)).intoArray(exp, i);
        }
    }

    @Override
    public void positive(MemorySegment x, long at, int count, float[] to) {
        for (int i = 0; i < count; i += L) {
            FloatVector value = FLOATS.cast(FloatVector.fromMemorySegment(F, x, at + (long) i * Float.BYTES, ORDER));
            value.max(0).intoArray(to, i);
        }
    }

    @Override
    public void multiply(MemorySegment x, float[] shares, MemorySegment out, long at, int count) {
        for (int i = 0; i < count; i += L) {
            long here = at + (long) i * Float.BYTES;
            FloatVector value = FLOATS.cast(FloatVector.fromMemorySegment(F, x, here, ORDER));
            value.mul(FloatVector.fromArray(F, shares, i)).intoMemorySegment(out, here, ORDER);
        }
    }

    @Override
    public void scale(float factor, MemorySegment x, MemorySegment out, long at, int count) {
        for (int i = 0; i < count; i += L) {
            long here = at + (long) i * Float.BYTES;
            FloatVector value = FLOATS.cast(FloatVector.fromMemorySegment(F, x, here, ORDER));
            value.mul(factor).intoMemorySegment(out, here, ORDER);
        }
    }

    @Override
    public void add(MemorySegment a, MemorySegment b, long bAt, MemorySegment out, long at, int count) {
        for (int i = 0; i < count; i += L) {
            long along = (long) i * Float.BYTES;
            FloatVector first = FLOATS.cast(FloatVector.fromMemorySegment(F, a, at + along, ORDER));
            FloatVector second = FloatVector.fromMemorySegment(F, b, bAt + along, ORDER);
            first.add(second).intoMemorySegment(out, at + along, ORDER);
        }
    }

    @Override
    public void multiply(MemorySegment a, MemorySegment b, long bAt, MemorySegment out, long at, int count) {
        for (int i = 0; i < count; i += L) {
            long along = (long) i * Float.BYTES;
            FloatVector first = FLOATS.cast(FloatVector.fromMemorySegment(F, a, at + along, ORDER));
            FloatVector second = FloatVector.fromMemorySegment(F, b, bAt + along, ORDER);
            first.mul(second).intoMemorySegment(out, at + along, ORDER);
        }
    }
}
