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
        FloatVector sum = FloatVector.fromArray(F, out, outAt);
        for (int unit = 0; unit < units; unit++) {
            long here = at + unit * UNIT;
            int k = xAt + unit * CHAIN;
            FloatVector chain = FloatVector.zero(F);
            for (int i = 0; i < CHAIN; i++) {
                FloatVector weight = FLOATS.cast(FloatVector.fromMemorySegment(F, panels, here + i * BYTES, ORDER));
                chain = weight.lanewise(FMA, x[k + i], chain);
            }
            sum = FLOATS.cast(sum).add(chain);
        }
        FLOATS.cast(sum).intoArray(out, outAt);
    }
}
