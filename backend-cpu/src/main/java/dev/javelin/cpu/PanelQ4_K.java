package dev.javelin.cpu;

import static dev.javelin.cpu.Lanes.ORDER;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
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
    private static final VectorSpecies<Integer> I = Lanes.ints(MethodHandles.lookup());
    private static final long BYTES = I.vectorByteSize();

    private static final PanelLayout LAYOUT = PanelLayout.inOrder(Format.Q4_K, 1);
    private static final long UNIT = LAYOUT.words() * BYTES;
    private static final int CHAIN = 32;
    private static final int CHAINS = 8; // of a unit
    private static final int SCALES = 1;
    private static final int QUANTS = 4;
    private static final int WORDS = 8; // of two chains
    private static final ByteFields NUMBERS = ByteFields.of(I, 4, 0);
    private static final HalfFloats HALVES = HalfFloats.of(I);

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
        for (int i = 0; i < units * CHAINS; i++) {
            long unit = at + i / CHAINS * UNIT;
            for (int which = 0; which < 2; which++) { // scale and minimum, a and b
                FloatVector half = HALVES.half(word(panels, unit, 0), which);
                FloatVector six = six(panels, unit, i % CHAINS, which);
                half.mul(six).intoMemorySegment(tile, (Tile.a(i, BYTES) + which * Tile.aToB(BYTES)), ORDER);
            }
        }
    }

    @Override
    public void decode(MemorySegment panels, long at, int units, MemorySegment tile) {
        for (int i = 0; i < units * CHAINS; i++) {
            for (int four = 0; four < CHAIN; four += 4) {
                IntVector fields = fields(panels, at + i / CHAINS * UNIT, i % CHAINS, four / 4);
                for (int j = 0; j < 4; j++, fields = fields.lanewise(LSHR, Byte.SIZE)) {
                    FloatVector u = NUMBERS.number(fields);
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
        FloatVector sum = FloatVector.fromArray(F, out, outAt);
        for (int i = 0; i < units * CHAINS; i++) {
            FloatVector chain = FloatVector.zero(F);
            for (int four = 0; four < CHAIN; four += 4) {
                IntVector fields = fields(panels, at + i / CHAINS * UNIT, i % CHAINS, four / 4);
                for (int j = 0; j < 4; j++, fields = fields.lanewise(LSHR, Byte.SIZE)) {
                    FloatVector u = NUMBERS.number(fields);
                    chain = u.lanewise(FMA, x[xAt + i * CHAIN + four + j], chain);
                }
            }
            sum = chain.fma(FloatVector.fromMemorySegment(F, tile, Tile.a(i, BYTES), ORDER), sum);
            FloatVector b = FloatVector.fromMemorySegment(F, tile, Tile.b(i, BYTES), ORDER);
            sum = b.lanewise(FMA, -sums[sumsAt + i], sum);
        }
        sum.intoArray(out, outAt);
    }

    /** Weights {@code 4 four} of a chain and the three after it, in the low halves of the bytes. */
    private static IntVector fields(MemorySegment panels, long unit, int chain, int four) {
        return word(panels, unit, QUANTS + chain / 2 * WORDS + four).lanewise(LSHR, chain % 2 * 4);
    }

    /**
     * The six bits of a scale, or of a minimum. Of the first four chains they lie in one byte; of the last four the lower ones
     * in half a byte of the last word, the upper two where the first four have theirs. A choice of numbers, not of vectors:
     * those would go to the heap.
     */
    private static FloatVector six(MemorySegment panels, long unit, int chain, int which) {
        boolean first = chain < 4;
        int turn = chain % 4 * Byte.SIZE;
        IntVector low = word(panels, unit, SCALES + (first ? which : 2)).lanewise(LSHR, turn + (first ? 0 : which * 4));
        IntVector high = word(panels, unit, SCALES + which).lanewise(LSHR, turn + 2);
        return (FloatVector)
                low.and(first ? 0x3F : 0xF).or(high.and(first ? 0 : 0x30)).convert(I2F, 0);
    }

    private static IntVector word(MemorySegment panels, long unit, int word) {
        return IntVector.fromMemorySegment(I, panels, unit + word * BYTES, ORDER);
    }
}
