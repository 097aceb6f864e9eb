package dev.javelin.cpu;

import static dev.javelin.cpu.Lanes.ORDER;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.javelin.api.Activation;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** {@link ElementMath} with vectors. One loop for each function: the JIT inlines it only into a loop of its own. */
final class VectorElements implements ElementMath {
    private static final VectorSpecies<Float> F = Lanes.floats(MethodHandles.lookup());
    private static final int L = F.length();

    @Override
    public void activate(
            Activation activation,
            MemorySegment x,
            @Nullable MemorySegment factor,
            MemorySegment out,
            long at,
            int count) {
        switch (activation) {
            case SILU -> silu(x, factor, out, at, count);
            case GELU_TANH -> geluTanh(x, factor, out, at, count);
            case GELU_ERF -> geluErf(x, factor, out, at, count);
            case RELU_SQUARED -> reluSquared(x, factor, out, at, count);
        }
    }

    private static void silu(MemorySegment x, @Nullable MemorySegment factor, MemorySegment out, long at, int count) {
        for (int i = 0; i < count; i += L) {
            long here = at + (long) i * Float.BYTES;
            store(VectorMath.silu(load(x, here)), factor, out, here);
        }
    }

    private static void geluTanh(
            MemorySegment x, @Nullable MemorySegment factor, MemorySegment out, long at, int count) {
        for (int i = 0; i < count; i += L) {
            long here = at + (long) i * Float.BYTES;
            store(VectorMath.geluTanh(load(x, here)), factor, out, here);
        }
    }

    private static void geluErf(
            MemorySegment x, @Nullable MemorySegment factor, MemorySegment out, long at, int count) {
        for (int i = 0; i < count; i += L) {
            long here = at + (long) i * Float.BYTES;
            store(VectorMath.geluErf(load(x, here)), factor, out, here);
        }
    }

    private static void reluSquared(
            MemorySegment x, @Nullable MemorySegment factor, MemorySegment out, long at, int count) {
        for (int i = 0; i < count; i += L) {
            long here = at + (long) i * Float.BYTES;
            store(VectorMath.reluSquared(load(x, here)), factor, out, here);
        }
    }

    @Override
    public void scale(float factor, MemorySegment x, MemorySegment out, long at, int count) {
        for (int i = 0; i < count; i += L) {
            long here = at + (long) i * Float.BYTES;
            load(x, here).mul(factor).intoMemorySegment(out, here, ORDER);
        }
    }

    @Override
    public void softCap(float cap, MemorySegment x, MemorySegment out, long at, int count) {
        for (int i = 0; i < count; i += L) {
            long here = at + (long) i * Float.BYTES;
            VectorMath.tanh(load(x, here).div(cap)).mul(cap).intoMemorySegment(out, here, ORDER);
        }
    }

    @Override
    public void add(MemorySegment a, MemorySegment b, long bAt, MemorySegment out, long at, int count) {
        for (int i = 0; i < count; i += L) {
            long along = (long) i * Float.BYTES;
            load(a, at + along).add(load(b, bAt + along)).intoMemorySegment(out, at + along, ORDER);
        }
    }

    @Override
    public void multiply(MemorySegment a, MemorySegment b, long bAt, MemorySegment out, long at, int count) {
        for (int i = 0; i < count; i += L) {
            long along = (long) i * Float.BYTES;
            load(a, at + along).mul(load(b, bAt + along)).intoMemorySegment(out, at + along, ORDER);
        }
    }

    private static FloatVector load(MemorySegment from, long at) {
        return fromMemorySegment(F, from, at, ORDER);
    }

    private static void store(FloatVector result, @Nullable MemorySegment factor, MemorySegment out, long at) {
        FloatVector all = factor == null ? result : result.mul(load(factor, at));
        all.intoMemorySegment(out, at, ORDER);
    }
}
