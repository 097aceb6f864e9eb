package dev.javelin.cpu;

import static dev.javelin.cpu.Lanes.ORDER;
import static jdk.incubator.vector.VectorOperators.FMA;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * F32: units of 32 weights, a word for each. Where a row ends within a unit, zeros follow, and the activations are zero there
 * too.
 */
final class PanelF32 implements PanelMath {
    private static final VectorSpecies<Float> F = Lanes.floats(MethodHandles.lookup());
    private static final int L = F.length();
    private static final int TOKENS = PerWidth.tokens(MethodHandles.lookup());
    private static final boolean FEW = TOKENS == FOUR;
    private static final Class<? extends FloatVector> FLOATS = Lanes.floatClassOf(F);
    private static final long BYTES = F.vectorByteSize();
    private static final int CHAIN = 32;
    private static final PanelLayout LAYOUT = PanelLayout.inOrder(Format.F32, CHAIN);
    private static final long UNIT = LAYOUT.words() * BYTES;

    @Override
    public PanelLayout layout() {
        return LAYOUT;
    }

    @Override
    public int chain() {
        return CHAIN;
    }

    @Override
    public Form form() {
        return Form.PLAIN;
    }

    @Override
    public void scales(MemorySegment panels, long at, int units, MemorySegment tile) {
        // weights are what they are
    }

    @Override
    public void decode(MemorySegment panels, long at, int units, MemorySegment tile) {
        MemorySegment.copy(panels, at, tile, 0, units * UNIT);
    }

    @Override
    public void multiply(
            MemorySegment panels,
            long at,
            int units,
            MemorySegment tile,
            float[] x,
            int xAt,
            float[] sums,
            int sumsAt,
            float[] out,
            int outAt) {
        FloatVector s0 = FloatVector.fromArray(F, out, outAt);
        FloatVector s1 = FEW ? FloatVector.fromArray(F, out, outAt + L) : s0;
        FloatVector s2 = FEW ? FloatVector.fromArray(F, out, outAt + 2 * L) : s0;
        FloatVector s3 = FEW ? FloatVector.fromArray(F, out, outAt + 3 * L) : s0;
        for (int unit = 0; unit < units; unit++) {
            long here = at + unit * UNIT;
            int k = xAt + unit * CHAIN * TOKENS;
            FloatVector c0 = FloatVector.zero(F);
            FloatVector c1 = FloatVector.zero(F);
            FloatVector c2 = FloatVector.zero(F);
            FloatVector c3 = FloatVector.zero(F);
            for (int i = 0; i < CHAIN; i++) {
                FloatVector weight = FLOATS.cast(FloatVector.fromMemorySegment(F, panels, here + i * BYTES, ORDER));
                int of = k + i * TOKENS;
                c0 = weight.lanewise(FMA, x[of], c0);
                if (FEW) {
                    c1 = weight.lanewise(FMA, x[of + 1], c1);
                    c2 = weight.lanewise(FMA, x[of + 2], c2);
                    c3 = weight.lanewise(FMA, x[of + 3], c3);
                }
            }
            s0 = FLOATS.cast(s0).add(c0);
            if (FEW) {
                s1 = FLOATS.cast(s1).add(c1);
                s2 = FLOATS.cast(s2).add(c2);
                s3 = FLOATS.cast(s3).add(c3);
            }
        }
        FLOATS.cast(s0).intoArray(out, outAt);
        if (FEW) {
            FLOATS.cast(s1).intoArray(out, outAt + L);
            FLOATS.cast(s2).intoArray(out, outAt + 2 * L);
            FLOATS.cast(s3).intoArray(out, outAt + 3 * L);
        }
    }
}
