package dev.javelin.cpu;

import static dev.javelin.cpu.Lanes.ORDER;
import static jdk.incubator.vector.VectorOperators.FMA;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** {@link TileMath} with vectors: a chain of each token is held in a register. */
final class VectorTile implements TileMath {
    private static final VectorSpecies<Float> F = Lanes.floats(MethodHandles.lookup());
    private static final Class<? extends FloatVector> FLOATS = Lanes.floatClassOf(F);
    private static final int L = F.length();
    private static final long BYTES = F.vectorByteSize();

    @Override
    public void multiply(
            MemorySegment tile,
            int chains,
            int chain,
            PanelMath.Form form,
            float[] x,
            int xAt,
            float[] sums,
            int sumsAt,
            float[] held,
            float[] out,
            int outAt) {
        for (int i = 0; i < chains; i++) {
            FloatVector c0 = FloatVector.zero(F);
            FloatVector c1 = FloatVector.zero(F);
            FloatVector c2 = FloatVector.zero(F);
            FloatVector c3 = FloatVector.zero(F);
            FloatVector c4 = FloatVector.zero(F);
            FloatVector c5 = FloatVector.zero(F);
            FloatVector c6 = FloatVector.zero(F);
            FloatVector c7 = FloatVector.zero(F);
            for (int k = i * chain; k < (i + 1) * chain; k++) {
                FloatVector u = FLOATS.cast(FloatVector.fromMemorySegment(F, tile, k * BYTES, ORDER));
                int at = xAt + k * TOKENS;
                c0 = u.lanewise(FMA, x[at], c0);
                c1 = u.lanewise(FMA, x[at + 1], c1);
                c2 = u.lanewise(FMA, x[at + 2], c2);
                c3 = u.lanewise(FMA, x[at + 3], c3);
                c4 = u.lanewise(FMA, x[at + 4], c4);
                c5 = u.lanewise(FMA, x[at + 5], c5);
                c6 = u.lanewise(FMA, x[at + 6], c6);
                c7 = u.lanewise(FMA, x[at + 7], c7);
            }
            FLOATS.cast(c0).intoArray(held, 0);
            FLOATS.cast(c1).intoArray(held, L);
            FLOATS.cast(c2).intoArray(held, 2 * L);
            FLOATS.cast(c3).intoArray(held, 3 * L);
            FLOATS.cast(c4).intoArray(held, 4 * L);
            FLOATS.cast(c5).intoArray(held, 5 * L);
            FLOATS.cast(c6).intoArray(held, 6 * L);
            FLOATS.cast(c7).intoArray(held, 7 * L);
            switch (form) {
                case PLAIN -> add(held, out, outAt);
                case SCALED -> addScaled(tile, i, held, out, outAt);
                case OFFSET -> {
                    addScaled(tile, i, held, out, outAt);
                    addOffset(tile, i, sums, sumsAt + i * TOKENS, out, outAt);
                }
            }
        }
    }

    private static void addScaled(MemorySegment tile, int chain, float[] held, float[] out, int outAt) {
        FloatVector a = FLOATS.cast(FloatVector.fromMemorySegment(F, tile, Tile.a(chain, BYTES), ORDER));
        for (int i = 0; i < TOKENS * L; i += L) {
            FloatVector sum = FloatVector.fromArray(F, out, outAt + i);
            a.fma(FloatVector.fromArray(F, held, i), sum).intoArray(out, outAt + i);
        }
    }

    private static void addOffset(MemorySegment tile, int chain, float[] sums, int sumsAt, float[] out, int outAt) {
        FloatVector b = FLOATS.cast(FloatVector.fromMemorySegment(F, tile, Tile.b(chain, BYTES), ORDER));
        for (int token = 0; token < TOKENS; token++) {
            FloatVector sum = FloatVector.fromArray(F, out, outAt + token * L);
            b.lanewise(FMA, -sums[sumsAt + token], sum).intoArray(out, outAt + token * L);
        }
    }

    private static void add(float[] held, float[] out, int outAt) {
        for (int i = 0; i < TOKENS * L; i += L) {
            FloatVector sum = FLOATS.cast(FloatVector.fromArray(F, out, outAt + i));
            sum.add(FloatVector.fromArray(F, held, i)).intoArray(out, outAt + i);
        }
    }

    @Override
    public void finish(
            float[] sums,
            int sumsAt,
            float scale,
            @Nullable MemorySegment bias,
            long biasAt,
            @Nullable MemorySegment residual,
            MemorySegment out,
            long outAt) {
        FloatVector result = FLOATS.cast(FloatVector.fromArray(F, sums, sumsAt)).mul(scale);
        if (bias != null) {
            result = FLOATS.cast(result).add(FloatVector.fromMemorySegment(F, bias, biasAt, ORDER));
        }
        if (residual != null) {
            result = FLOATS.cast(result).add(FloatVector.fromMemorySegment(F, residual, outAt, ORDER));
        }
        FLOATS.cast(result).intoMemorySegment(out, outAt, ORDER);
    }
}
