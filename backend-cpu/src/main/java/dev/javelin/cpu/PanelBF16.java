package dev.javelin.cpu;

import static dev.javelin.cpu.Lanes.ORDER;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * BF16: units of 32 weights, two in each word, the first one low. The upper half of an F32 is what they are.
 */
final class PanelBF16 implements PanelMath {
    private static final VectorSpecies<Float> F = Lanes.floats(MethodHandles.lookup());
    private static final int L = F.length();
    private static final int TOKENS = PerWidth.tokens(MethodHandles.lookup());
    private static final boolean FEW = TOKENS == FOUR;
    private static final VectorSpecies<Integer> I = Lanes.ints(MethodHandles.lookup());
    private static final Class<? extends FloatVector> FLOATS = Lanes.floatClassOf(F);
    private static final Class<? extends IntVector> INTS = Lanes.intClassOf(I);
    private static final long BYTES = I.vectorByteSize();
    private static final int CHAIN = 32;
    private static final PanelLayout LAYOUT = PanelLayout.inOrder(Format.BF16, CHAIN);
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
        for (int pair = 0; pair < units * (CHAIN / 2); pair++) {
            IntVector both = INTS.cast(IntVector.fromMemorySegment(I, panels, at + pair * BYTES, ORDER));
            for (int half = 0; half < 2; half++) {
                IntVector weight = both.lanewise(LSHR, half * Short.SIZE).lanewise(LSHL, Short.SIZE);
                weight.intoMemorySegment(tile, (2 * pair + half) * BYTES, ORDER);
            }
        }
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
            for (int pair = 0; pair < CHAIN / 2; pair++) {
                IntVector both = INTS.cast(IntVector.fromMemorySegment(I, panels, here + pair * BYTES, ORDER));
                for (int half = 0; half < 2; half++) {
                    IntVector weight = both.lanewise(LSHR, half * Short.SIZE).lanewise(LSHL, Short.SIZE);
                    FloatVector u = FLOATS.cast(weight.reinterpretAsFloats());
                    int of = k + (2 * pair + half) * TOKENS;
                    c0 = u.lanewise(FMA, x[of], c0);
                    if (FEW) {
                        c1 = u.lanewise(FMA, x[of + 1], c1);
                        c2 = u.lanewise(FMA, x[of + 2], c2);
                        c3 = u.lanewise(FMA, x[of + 3], c3);
                    }
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
