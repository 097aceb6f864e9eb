package dev.javelin.opencl;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.javelin.api.Device;
import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Embed;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Rope;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.Shape;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.Weights;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Factors that a file may hold though they make no sense: what they are for is no number, and the rest is right. */
class RopeFactorsTest {
    private static final float[] FACTORS = {0, Float.NaN, Float.POSITIVE_INFINITY, 1, -0f, Float.MIN_VALUE};
    private static final int SIZE = 2 * FACTORS.length;

    @Test
    void onlyTheirPairsAreNoNumbers() {
        Program.Builder builder = Program.builder("turned");
        Value table = builder.weight("table", Format.F32, Shape.of(1, SIZE));
        Value factors = builder.weight("factors", Format.F32, Shape.of(FACTORS.length));
        Value x = builder.result("x", Shape.rows(Symbol.TOKENS, SIZE));
        Value out = builder.result("out", Shape.rows(Symbol.TOKENS, SIZE));
        Program program = builder.add(new Embed(x, table, 1))
                .add(new Rope(out, x, SIZE, RopeSpec.plain(RopeSpec.Order.NEIGHBOURS, SIZE, 10_000), factors))
                .output(out)
                .build();
        Limits limits = new Limits(1, 1, 1, 16);
        float[] ones = new float[SIZE];
        Arrays.fill(ones, 1);
        OpenCl cl = Found.require(Bindings.JOCL);
        try (Arena arena = Arena.ofShared();
                Device device = Found.open(cl);
                Weights weights = device.place(
                        List.of(program),
                        name -> name.equals("table")
                                ? new Tensor(name, Format.F32, Shape.of(1, SIZE), arena.allocateFrom(JAVA_FLOAT, ones))
                                : new Tensor(
                                        name,
                                        Format.F32,
                                        Shape.of(FACTORS.length),
                                        arena.allocateFrom(JAVA_FLOAT, FACTORS)),
                        LoadListener.NONE);
                Plan plan = device.prepare(
                        new PlanSpec(program, limits, Precision.EXACT), dev.javelin.api.Bindings.NONE.with(weights));
                Step step = new Step(limits)) {
            step.addSequence();
            step.addToken(0, 3, 0);
            plan.run(step).await();
            float[] turned = plan.output("out").toArray(JAVA_FLOAT);
            for (int pair : new int[] {0, 1, 4}) {
                assertThat(turned[2 * pair]).isNaN();
                assertThat(turned[2 * pair + 1]).isNaN();
            }
            assertThat(turned[4]).isEqualTo(1); // does not turn
            assertThat(turned[5]).isEqualTo(1);
            assertThat(turned[6]).isCloseTo((float) (Math.cos(0.03) - Math.sin(0.03)), within(1e-6f));
            assertThat(turned[10]).isFinite();
        }
    }
}
