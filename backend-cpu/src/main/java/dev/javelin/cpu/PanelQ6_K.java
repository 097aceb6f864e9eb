package dev.javelin.cpu;

import static dev.javelin.cpu.Lanes.ORDER;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.I2F;
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
 * Q6_K: units of one block with 16 chains of 16 weights.
 *
 * <pre>
 *   word     0 … 15              16 … 31     32 … 39                40 … 47     48 … 51   52
 *            q of weights 0-127  q 128-255   upper bits h of 0-127  h 128-255   s         d | 0
 *
 *   in a half of 128 weights: byte l of q: weight l low half, weight l + 64 high half
 *                             byte l of h: weights l, l + 32, l + 64, l + 96, two bits each, the first in the lowest
 *   w = d s ((q | h << 4) - 32),  u = (q | h << 4) - 32,  so a = d s
 * </pre>
 */
final class PanelQ6_K implements PanelMath {
    private static final VectorSpecies<Float> F = Lanes.floats(MethodHandles.lookup());
    private static final int L = F.length();
    private static final int TOKENS = PerWidth.tokens(MethodHandles.lookup());
    private static final boolean FEW = TOKENS == FOUR;
    private static final VectorSpecies<Integer> I = Lanes.ints(MethodHandles.lookup());
    private static final Class<? extends FloatVector> FLOATS = Lanes.floatClassOf(F);
    private static final Class<? extends IntVector> INTS = Lanes.intClassOf(I);
    private static final long BYTES = I.vectorByteSize();

    private static final PanelLayout LAYOUT = PanelLayout.inOrder(Format.Q6_K, 1);
    private static final long UNIT = LAYOUT.words() * BYTES;
    private static final int CHAIN = 16;
    private static final int CHAINS = 16; // of a unit
    private static final int UPPER = 32;
    private static final int SCALES = 48;
    private static final int D = 52;
    private static final int LOW = 0x0F0F0F0F;
    private static final int HIGH = 0x30303030;
    private static final int MASK = (1 << 6) - 1;
    private static final float BASE = ByteFields.BASE + 32;

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
            long unit = at + i / CHAINS * UNIT;
            IntVector d = INTS.cast(IntVector.fromMemorySegment(I, panels, unit + D * BYTES, ORDER));
            IntVector half =
                    d.lanewise(LSHL, Short.SIZE).lanewise(ASHR, HalfFloats.DOWN).and(HalfFloats.KEPT);
            VectorMask<Integer> halfSpecial = half.and(HalfFloats.SPECIAL).eq(HalfFloats.SPECIAL);
            FloatVector halfFinite = FLOATS.cast(half.reinterpretAsFloats()).mul(HalfFloats.SCALE);
            IntVector halfBits =
                    INTS.cast(halfFinite.reinterpretAsInts()).lanewise(OR, HalfFloats.INFINITY, halfSpecial);
            long word = unit + (SCALES + i % CHAINS / 4) * BYTES;
            IntVector s = INTS.cast(IntVector.fromMemorySegment(I, panels, word, ORDER))
                    .lanewise(LSHL, 24 - i % 4 * Byte.SIZE)
                    .lanewise(ASHR, 24);
            FloatVector scale = FLOATS.cast(s.convert(I2F, 0));
            scale.mul(halfBits.reinterpretAsFloats()).intoMemorySegment(tile, Tile.a(i, BYTES), ORDER);
        }
    }

    @Override
    public void decode(MemorySegment panels, long at, int units, MemorySegment tile) {
        for (int i = 0; i < units * CHAINS; i++) {
            long unit = at + i / CHAINS * UNIT;
            int half = i % CHAINS / 8;
            int inHalf = i % 8; // chains 0 to 3 have the low halves of q, 4 to 7 the high ones; h turns twice as fast
            int up = 4 - inHalf / 2 * 2;
            for (int four = 0; four < CHAIN; four += 4) {
                int word = half * 16 + inHalf % 4 * 4 + four / 4;
                IntVector q = INTS.cast(IntVector.fromMemorySegment(I, panels, unit + word * BYTES, ORDER))
                        .lanewise(LSHR, inHalf / 4 * 4)
                        .and(LOW);
                int upper = UPPER + half * 8 + inHalf % 2 * 4 + four / 4;
                IntVector h = INTS.cast(IntVector.fromMemorySegment(I, panels, unit + upper * BYTES, ORDER))
                        .lanewise(LSHR, Math.max(0, -up))
                        .lanewise(LSHL, Math.max(0, up))
                        .and(HIGH);
                IntVector fields = q.or(h);
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
            long unit = at + i / CHAINS * UNIT;
            int half = i % CHAINS / 8;
            int inHalf = i % 8; // chains 0 to 3 have the low halves of q, 4 to 7 the high ones; h turns twice as fast
            int up = 4 - inHalf / 2 * 2;
            FloatVector c0 = FloatVector.zero(F);
            FloatVector c1 = FloatVector.zero(F);
            FloatVector c2 = FloatVector.zero(F);
            FloatVector c3 = FloatVector.zero(F);
            for (int four = 0; four < CHAIN; four += 4) {
                int word = half * 16 + inHalf % 4 * 4 + four / 4;
                IntVector q = INTS.cast(IntVector.fromMemorySegment(I, panels, unit + word * BYTES, ORDER))
                        .lanewise(LSHR, inHalf / 4 * 4)
                        .and(LOW);
                int upper = UPPER + half * 8 + inHalf % 2 * 4 + four / 4;
                IntVector h = INTS.cast(IntVector.fromMemorySegment(I, panels, unit + upper * BYTES, ORDER))
                        .lanewise(LSHR, Math.max(0, -up))
                        .lanewise(LSHL, Math.max(0, up))
                        .and(HIGH);
                IntVector fields = q.or(h);
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
}
