package dev.javelin.cpu;

import static dev.javelin.cpu.Lanes.ORDER;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Q6_K: units of one block with 16 groups of 16 weights.
 *
 * <pre>
 *   word     0 … 15              16 … 31     32 … 39                40 … 47     48 … 51   52
 *            q of weights 0-127  q 128-255   upper bits h of 0-127  h 128-255   s         d | 0
 *
 *   in a half of 128 weights: byte l of q: weight l low half, weight l + 64 high half
 *                             byte l of h: weights l, l + 32, l + 64, l + 96, two bits each, the first in the lowest
 *   w = d s ((q | h << 4) - 32),  u = ((q | h << 4) - 32)/64,  so a = 64 d s
 * </pre>
 */
final class PanelQ6_K implements PanelMath {
    private static final VectorSpecies<Float> F = Lanes.floats(MethodHandles.lookup());
    private static final VectorSpecies<Integer> I = Lanes.ints(MethodHandles.lookup());
    private static final long BYTES = I.vectorByteSize();

    private static final PanelLayout LAYOUT = PanelLayout.inOrder(Format.Q6_K, 1);
    private static final long UNIT = LAYOUT.words() * BYTES;
    private static final int CHAIN = 16;
    private static final int GROUPS = 16;
    private static final int UPPER = 32;
    private static final int SCALES = 48;
    private static final int D = 52;
    private static final int BITS = 6;
    private static final float ZERO = 1.5f; // what 32 is in the mantissa

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
    public void multiply(
            MemorySegment panels,
            long at,
            int units,
            float[] x,
            int xAt,
            float[] sums,
            int sumsAt,
            float[] out,
            int outAt) {
        FloatVector sum = FloatVector.zero(F);
        for (int group = 0; group < GROUPS * units; group++) {
            long unit = at + group / GROUPS * UNIT;
            int k = xAt + group * CHAIN;
            FloatVector chain = FloatVector.zero(F);
            for (int four = 0; four < CHAIN / 4; four++) {
                IntVector fields = fields(panels, unit, group % GROUPS, four);
                chain = ByteFields.multiply4(fields, BITS, ZERO, x, k + four * 4, chain);
            }
            sum = chain.fma(scale(panels, unit, group % GROUPS), sum);
        }
        sum.intoArray(out, outAt);
    }

    @Override
    public void decode(MemorySegment panels, long at, int units, MemorySegment tile) {
        for (int group = 0; group < GROUPS * units; group++) {
            long unit = at + group / GROUPS * UNIT;
            for (int four = 0; four < CHAIN / 4; four++) {
                IntVector fields = fields(panels, unit, group % GROUPS, four);
                ByteFields.store4(fields, BITS, ZERO, tile, (group * CHAIN + four * 4) * BYTES);
            }
            scale(panels, unit, group % GROUPS).intoMemorySegment(tile, Tile.a(group, BYTES), ORDER);
        }
    }

    /** Weights {@code 4 four} of a group and the three after it: six bits in each byte. */
    private static IntVector fields(MemorySegment panels, long unit, int group, int four) {
        int half = group / 8;
        int inHalf = group % 8; // groups 0 to 3 have the low halves of q, 4 to 7 the high ones; h turns twice as fast
        IntVector q = word(panels, unit, half * 16 + inHalf % 4 * 4 + four).lanewise(LSHR, inHalf / 4 * 4);
        IntVector h =
                word(panels, unit, UPPER + half * 8 + inHalf % 2 * 4 + four).lanewise(LSHR, inHalf / 2 * 2);
        return q.and(0x0F0F0F0F).or(h.and(0x03030303).lanewise(LSHL, 4));
    }

    /** {@code a}. */
    private static FloatVector scale(MemorySegment panels, long unit, int group) {
        IntVector s = word(panels, unit, SCALES + group / 4)
                .lanewise(LSHL, 24 - group % 4 * Byte.SIZE)
                .lanewise(ASHR, 24);
        return ((FloatVector) s.convert(I2F, 0))
                .mul(HalfFloats.half(word(panels, unit, D), 0))
                .mul(1 << BITS);
    }

    private static IntVector word(MemorySegment panels, long unit, int word) {
        return IntVector.fromMemorySegment(I, panels, unit + word * BYTES, ORDER);
    }
}
