package dev.javelin.cpu;

import static dev.javelin.cpu.Lanes.ORDER;
import static jdk.incubator.vector.VectorOperators.LSHR;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Q4_0: units of two blocks.
 *
 * <pre>
 *   word     0        1 … 4                  5 … 8
 *            d0 | d1  q of the first block   q of the second
 *
 *   byte j of q: q[j] low half, q[j + 16] high half;  w = d (q - 8),  u = (q - 8)/16,  so a = 16 d
 * </pre>
 */
final class PanelQ4_0 implements PanelMath {
    private static final VectorSpecies<Float> F = Lanes.floats(MethodHandles.lookup());
    private static final VectorSpecies<Integer> I = Lanes.ints(MethodHandles.lookup());
    private static final long BYTES = I.vectorByteSize();

    private static final PanelLayout LAYOUT = PanelLayout.scalesFirst(Format.Q4_0);
    private static final long UNIT = LAYOUT.words() * BYTES;
    private static final int CHAIN = 32;
    private static final int WORDS = 4;
    private static final int BITS = 4;
    private static final float ZERO = 1.5f; // what q = 8 is in the mantissa

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
        for (int block = 0; block < 2 * units; block++) {
            long unit = at + (block >> 1) * UNIT;
            int k = xAt + block * CHAIN;
            FloatVector chain = FloatVector.zero(F);
            for (int four = 0; four < CHAIN / 4; four++) {
                chain = ByteFields.multiply4(fields(panels, unit, block, four), BITS, ZERO, x, k + four * 4, chain);
            }
            sum = chain.fma(scale(panels, unit, block), sum);
        }
        sum.intoArray(out, outAt);
    }

    @Override
    public void decode(MemorySegment panels, long at, int units, MemorySegment tile) {
        for (int block = 0; block < 2 * units; block++) {
            long unit = at + (block >> 1) * UNIT;
            for (int four = 0; four < CHAIN / 4; four++) {
                long to = (block * CHAIN + four * 4) * BYTES;
                ByteFields.store4(fields(panels, unit, block, four), BITS, ZERO, tile, to);
            }
            scale(panels, unit, block).intoMemorySegment(tile, Tile.a(block, BYTES), ORDER);
        }
    }

    /** Weights {@code 4 four} and the three after it, in the low halves of the bytes. */
    private static IntVector fields(MemorySegment panels, long unit, int block, int four) {
        int word = 1 + (block & 1) * WORDS + (four & WORDS - 1);
        return IntVector.fromMemorySegment(I, panels, unit + word * BYTES, ORDER)
                .lanewise(LSHR, four / WORDS * 4);
    }

    /** {@code a}. */
    private static FloatVector scale(MemorySegment panels, long unit, int block) {
        return HalfFloats.half(IntVector.fromMemorySegment(I, panels, unit, ORDER), block & 1)
                .mul(1 << BITS);
    }
}
