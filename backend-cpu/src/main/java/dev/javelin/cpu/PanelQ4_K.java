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
 * Q4_K: units of one block with 8 chains of 32 weights.
 *
 * <pre>
 *   word     0      1 … 3   4 … 11            12 … 19   20 … 27   28 … 35
 *            d | m  s       q of chains 0, 1  2, 3      4, 5      6, 7
 *
 *   byte l of q: weight l of the even chain low half, of the odd one high half
 *   w = d scale q - m minimum,  u = q,  so a = d scale and b = m minimum
 * </pre>
 */
final class PanelQ4_K implements PanelMath {
    private static final VectorSpecies<Float> F = Lanes.floats(MethodHandles.lookup());
    private static final int L = F.length();
    private static final int TOKENS = PerWidth.tokens(MethodHandles.lookup());
    private static final boolean FEW = TOKENS == FOUR;
    private static final VectorSpecies<Integer> I = Lanes.ints(MethodHandles.lookup());
    private static final Class<? extends FloatVector> FLOATS = Lanes.floatClassOf(F);
    private static final Class<? extends IntVector> INTS = Lanes.intClassOf(I);
    private static final long BYTES = I.vectorByteSize();

    private static final PanelLayout LAYOUT = PanelLayout.inOrder(Format.Q4_K, 1);
    private static final long UNIT = LAYOUT.words() * BYTES;
    private static final int CHAIN = 32;
    private static final int CHAINS = 8; // of a unit
    private static final int SCALES = 1;
    private static final int QUANTS = 4;
    private static final int WORDS = 8; // of two chains
    private static final int MASK = (1 << 4) - 1;
    private static final float BASE = ByteFields.BASE;

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
        return Form.OFFSET;
    }

    @Override
    public void scales(MemorySegment panels, long at, int units, MemorySegment tile) {
        for (int i = 0; i < units * CHAINS * 2; i++) { // scale and minimum of each chain, a and b
            int chain = i / 2 % CHAINS;
            int which = i % 2;
            long unit = at + i / 2 / CHAINS * UNIT;
            IntVector both = INTS.cast(IntVector.fromMemorySegment(I, panels, unit, ORDER));
            IntVector half = both.lanewise(LSHL, Short.SIZE - which * Short.SIZE)
                    .lanewise(ASHR, HalfFloats.DOWN)
                    .and(HalfFloats.KEPT);
            VectorMask<Integer> halfSpecial = half.and(HalfFloats.SPECIAL).eq(HalfFloats.SPECIAL);
            FloatVector halfFinite = FLOATS.cast(half.reinterpretAsFloats()).mul(HalfFloats.SCALE);
            IntVector halfBits =
                    INTS.cast(halfFinite.reinterpretAsInts()).lanewise(OR, HalfFloats.INFINITY, halfSpecial);

            // The six bits lie in one byte if the chain is one of the first four; otherwise the lower ones lie in half
            // a byte
            // of the last word, the upper two where the first four have theirs.
            boolean first = chain < 4;
            int turn = chain % 4 * Byte.SIZE;
            long lowAt = unit + (SCALES + (first ? which : 2)) * BYTES;
            IntVector low = INTS.cast(IntVector.fromMemorySegment(I, panels, lowAt, ORDER))
                    .lanewise(LSHR, turn + (first ? 0 : which * 4))
                    .and(first ? 0x3F : 0xF);
            IntVector high = INTS.cast(IntVector.fromMemorySegment(I, panels, unit + (SCALES + which) * BYTES, ORDER))
                    .lanewise(LSHR, turn + 2)
                    .and(first ? 0 : 0x30);
            FloatVector six = FLOATS.cast(low.or(high).convert(I2F, 0));
            six.mul(halfBits.reinterpretAsFloats())
                    .intoMemorySegment(tile, Tile.a(i / 2, BYTES) + which * Tile.aToB(BYTES), ORDER);
        }
    }

    @Override
    public void decode(MemorySegment panels, long at, int units, MemorySegment tile) {
        for (int i = 0; i < units * CHAINS; i++) {
            long unit = at + i / CHAINS * UNIT;
            for (int four = 0; four < CHAIN; four += 4) {
                long word = (QUANTS + i % CHAINS / 2 * WORDS + four / 4) * BYTES;
                IntVector fields = INTS.cast(IntVector.fromMemorySegment(I, panels, unit + word, ORDER))
                        .lanewise(LSHR, i % 2 * 4);
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
            FloatVector c0 = FloatVector.zero(F);
            FloatVector c1 = FloatVector.zero(F);
            FloatVector c2 = FloatVector.zero(F);
            FloatVector c3 = FloatVector.zero(F);
            for (int four = 0; four < CHAIN; four += 4) {
                long word = (QUANTS + i % CHAINS / 2 * WORDS + four / 4) * BYTES;
                IntVector fields = INTS.cast(IntVector.fromMemorySegment(I, panels, unit + word, ORDER))
                        .lanewise(LSHR, i % 2 * 4);
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
            FloatVector b = FLOATS.cast(FloatVector.fromMemorySegment(F, tile, Tile.b(i, BYTES), ORDER));
            s0 = b.lanewise(FMA, -sums[sumsAt + i * TOKENS], s0);
            if (FEW) {
                s1 = b.lanewise(FMA, -sums[sumsAt + i * TOKENS + 1], s1);
                s2 = b.lanewise(FMA, -sums[sumsAt + i * TOKENS + 2], s2);
                s3 = b.lanewise(FMA, -sums[sumsAt + i * TOKENS + 3], s3);
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
