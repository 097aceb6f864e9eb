package dev.javelin.cpu;

import static dev.javelin.cpu.Lanes.ORDER;
import static jdk.incubator.vector.VectorOperators.FMA;
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
 *   byte j of q: q[j] low half, q[j + 16] high half;  w = d (q - 8),  u = q - 8,  so a = d
 * </pre>
 */
final class PanelQ4_0 implements PanelMath {
    private static final VectorSpecies<Float> F = Lanes.floats(MethodHandles.lookup());
    private static final VectorSpecies<Integer> I = Lanes.ints(MethodHandles.lookup());
    private static final long BYTES = I.vectorByteSize();

    private static final PanelLayout LAYOUT = PanelLayout.scalesFirst(Format.Q4_0);
    private static final long UNIT = LAYOUT.words() * BYTES;
    private static final int CHAIN = 32;
    private static final int CHAINS = 2; // of a unit
    private static final int WORDS = 4; // of a block
    private static final ByteFields NUMBERS = ByteFields.of(I, 4, 8);
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
        return Form.SCALED;
    }

    @Override
    public void scales(MemorySegment panels, long at, int units, MemorySegment tile) {
        for (int i = 0; i < units * CHAINS; i++) {
            IntVector both = IntVector.fromMemorySegment(I, panels, at + i / CHAINS * UNIT, ORDER);
            HALVES.half(both, i % CHAINS).intoMemorySegment(tile, Tile.a(i, BYTES), ORDER);
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
        }
        sum.intoArray(out, outAt);
    }

    /** Weights {@code 4 four} of a block and the three after it, in the low halves of the bytes. */
    private static IntVector fields(MemorySegment panels, long unit, int block, int four) {
        int word = 1 + block * WORDS + four % WORDS;
        return IntVector.fromMemorySegment(I, panels, unit + word * BYTES, ORDER)
                .lanewise(LSHR, four / WORDS * 4);
    }
}
