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
 * Q4_K: units of one block with 8 groups of 32 weights.
 *
 * <pre>
 *   word     0      1 … 3   4 … 11            12 … 19   20 … 27   28 … 35
 *            d | m  s       q of groups 0, 1  2, 3      4, 5      6, 7
 *
 *   byte l of q: weight l of the even group low half, of the odd one high half
 *   w = d scale q - m minimum,  u = q/16,  so a = 16 d scale and b = -m minimum
 * </pre>
 */
final class PanelQ4_K implements PanelMath {
    private static final VectorSpecies<Float> F = Lanes.floats(MethodHandles.lookup());
    private static final VectorSpecies<Integer> I = Lanes.ints(MethodHandles.lookup());
    private static final long BYTES = I.vectorByteSize();

    private static final PanelLayout LAYOUT = PanelLayout.inOrder(Format.Q4_K, 1);
    private static final long UNIT = LAYOUT.words() * BYTES;
    private static final int CHAIN = 32;
    private static final int GROUPS = 8;
    private static final int SCALES = 1;
    private static final int QUANTS = 4;
    private static final int WORDS = 8;
    private static final int BITS = 4;
    private static final float ZERO = 1; // what q = 0 is in the mantissa

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
                chain = ByteFields.multiply4(fields(panels, unit, group, four), BITS, ZERO, x, k + four * 4, chain);
            }
            sum = chain.fma(scale(panels, unit, group % GROUPS), sum);
            sum = offset(panels, unit, group % GROUPS).lanewise(FMA, sums[sumsAt + group], sum);
        }
        sum.intoArray(out, outAt);
    }

    @Override
    public void decode(MemorySegment panels, long at, int units, MemorySegment tile) {
        for (int group = 0; group < GROUPS * units; group++) {
            long unit = at + group / GROUPS * UNIT;
            for (int four = 0; four < CHAIN / 4; four++) {
                long to = (group * CHAIN + four * 4) * BYTES;
                ByteFields.store4(fields(panels, unit, group, four), BITS, ZERO, tile, to);
            }
            scale(panels, unit, group % GROUPS).intoMemorySegment(tile, Tile.a(group, BYTES), ORDER);
            offset(panels, unit, group % GROUPS).intoMemorySegment(tile, Tile.b(group, BYTES), ORDER);
        }
    }

    /** Weights {@code 4 four} and the three after it, in the low halves of the bytes. */
    private static IntVector fields(MemorySegment panels, long unit, int group, int four) {
        int word = QUANTS + group % GROUPS / 2 * WORDS + four;
        return word(panels, unit, word).lanewise(LSHR, (group & 1) * 4);
    }

    /** {@code a}; the six bits of scales lie as in the formats' documentation. */
    private static FloatVector scale(MemorySegment panels, long unit, int group) {
        IntVector six = group < 4
                ? byteOf(word(panels, unit, SCALES), group, 0, 0x3F)
                : byteOf(word(panels, unit, SCALES + 2), group, 0, 0xF)
                        .or(byteOf(word(panels, unit, SCALES), group, 2, 0x30));
        return ints(six).mul(HalfFloats.half(word(panels, unit, 0), 0)).mul(1 << BITS);
    }

    /** {@code b}. */
    private static FloatVector offset(MemorySegment panels, long unit, int group) {
        IntVector six = group < 4
                ? byteOf(word(panels, unit, SCALES + 1), group, 0, 0x3F)
                : byteOf(word(panels, unit, SCALES + 2), group, 4, 0xF)
                        .or(byteOf(word(panels, unit, SCALES + 1), group, 2, 0x30));
        return ints(six).mul(HalfFloats.half(word(panels, unit, 0), 1)).neg();
    }

    /** Byte {@code group % 4} of each lane, shifted right and masked. */
    private static IntVector byteOf(IntVector bytes, int group, int shift, int mask) {
        return bytes.lanewise(LSHR, group % 4 * Byte.SIZE + shift).and(mask);
    }

    private static FloatVector ints(IntVector small) {
        return (FloatVector) small.convert(I2F, 0);
    }

    private static IntVector word(MemorySegment panels, long unit, int word) {
        return IntVector.fromMemorySegment(I, panels, unit + word * BYTES, ORDER);
    }
}
