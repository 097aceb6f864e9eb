package dev.javelin.cpu;

import static dev.javelin.cpu.Lanes.ORDER;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.OR;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Q4_0: units of two blocks.
 *
 * <pre>
 *   word     0        1 … 4                  5 … 8
 *            d0 | d1  q of the first block   q of the second
 *
 *   byte j of q: q[j] low half, q[j + 16] high half;  w = d (q - 8),  u = q - 8,  so a = d
 * </pre>
 */
final class PanelQ4_0 implements PanelMath {
    private static final VectorSpecies<Float> F = Lanes.floats(MethodHandles.lookup());
    private static final int L = F.length();
    private static final int TOKENS = PerWidth.tokens(MethodHandles.lookup());
    private static final boolean FEW = TOKENS == FOUR;
    private static final VectorSpecies<Integer> I = Lanes.ints(MethodHandles.lookup());
    private static final Class<? extends FloatVector> FLOATS = Lanes.floatClassOf(F);
    private static final Class<? extends IntVector> INTS = Lanes.intClassOf(I);
    private static final long BYTES = I.vectorByteSize();

    private static final PanelLayout LAYOUT = PanelLayout.scalesFirst(Format.Q4_0);
    private static final long UNIT = LAYOUT.words() * BYTES;
    private static final int CHAIN = 32;
    private static final int CHAINS = 2; // of a unit
    private static final int WORDS = 4; // of a block
    private static final int MASK = (1 << 4) - 1;
    private static final float BASE = ByteFields.BASE + 8;

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
        return Form.SCALED;
    }

    @Override
    public void scales(MemorySegment panels, long at, int units, MemorySegment tile) {
        for (int i = 0; i < units * CHAINS; i++) {
            IntVector both = INTS.cast(IntVector.fromMemorySegment(I, panels, at + i / CHAINS * UNIT, ORDER));
            IntVector half = both.lanewise(LSHL, Short.SIZE - i % CHAINS * Short.SIZE)
                    .lanewise(ASHR, HalfFloats.DOWN)
                    .and(HalfFloats.KEPT);
            VectorMask<Integer> halfSpecial = half.and(HalfFloats.SPECIAL).eq(HalfFloats.SPECIAL);
            FloatVector halfFinite = FLOATS.cast(half.reinterpretAsFloats()).mul(HalfFloats.SCALE);
            IntVector halfBits =
                    INTS.cast(halfFinite.reinterpretAsInts()).lanewise(OR, HalfFloats.INFINITY, halfSpecial);
            halfBits.intoMemorySegment(tile, Tile.a(i, BYTES), ORDER);
        }
    }

    @Override
    public void decode(MemorySegment panels, long at, int units, MemorySegment tile) {
        for (int i = 0; i < units * CHAINS; i++) {
            for (int four = 0; four < CHAIN; four += 4) {
                IntVector fields = INTS.cast(IntVector.fromMemorySegment(I, panels, at + word(i, four / 4), ORDER))
                        .lanewise(LSHR, four / 4 / WORDS * 4);
                for (int j = 0; j < 4; j++, fields = INTS.cast(fields).lanewise(LSHR, Byte.SIZE)) {
                    IntVector number = INTS.cast(fields).and(MASK).or(ByteFields.EXPONENT);
                    FloatVector u = FLOATS.cast(number.reinterpretAsFloats()).sub(BASE);
                    u.intoMemorySegment(tile, (i * CHAIN + four + j) * BYTES, ORDER);
                }
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
        for (int i = 0; i < units * CHAINS; i++) {
            FloatVector c0 = FloatVector.zero(F);
            FloatVector c1 = FloatVector.zero(F);
            FloatVector c2 = FloatVector.zero(F);
            FloatVector c3 = FloatVector.zero(F);
            for (int four = 0; four < CHAIN; four += 4) {
                IntVector fields = INTS.cast(IntVector.fromMemorySegment(I, panels, at + word(i, four / 4), ORDER))
                        .lanewise(LSHR, four / 4 / WORDS * 4);
                for (int j = 0; j < 4; j++, fields = INTS.cast(fields).lanewise(LSHR, Byte.SIZE)) {
                    IntVector number = INTS.cast(fields).and(MASK).or(ByteFields.EXPONENT);
                    FloatVector u = FLOATS.cast(number.reinterpretAsFloats()).sub(BASE);
                    int of = xAt + (i * CHAIN + four + j) * TOKENS;
                    c0 = u.lanewise(FMA, x[of], c0);
                    if (FEW) {
                        c1 = u.lanewise(FMA, x[of + 1], c1);
                        c2 = u.lanewise(FMA, x[of + 2], c2);
                        c3 = u.lanewise(FMA, x[of + 3], c3);
                    }
                }
            }
            FloatVector a = FLOATS.cast(FloatVector.fromMemorySegment(F, tile, Tile.a(i, BYTES), ORDER));
            s0 = a.fma(c0, s0);
            if (FEW) {
                s1 = a.fma(c1, s1);
                s2 = a.fma(c2, s2);
                s3 = a.fma(c3, s3);
            }
        }
        FLOATS.cast(s0).intoArray(out, outAt);
        if (FEW) {
            FLOATS.cast(s1).intoArray(out, outAt + L);
            FLOATS.cast(s2).intoArray(out, outAt + 2 * L);
            FLOATS.cast(s3).intoArray(out, outAt + 3 * L);
        }
    }

    /**
     * Where the word lies that holds weights {@code 4 four} of a chain and the three after it, in the low halves of its bytes
     * or in the high ones.
     */
    private static long word(int chain, int four) {
        return chain / CHAINS * UNIT + (1 + chain % CHAINS * WORDS + four % WORDS) * BYTES;
    }
}
