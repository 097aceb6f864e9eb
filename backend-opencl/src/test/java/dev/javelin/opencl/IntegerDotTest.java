package dev.javelin.opencl;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.MatMul;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.Weights;
import dev.javelin.kernels.format.Codecs;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Integer dot products are used where a device has them and a plan need not be exact, and nowhere else. */
class IntegerDotTest {
    private static final int WIDTH = 64;

    private final OpenCl real = Found.require(Bindings.JOCL);

    @Test
    void onlyWhereTheyMayBe() {
        LaunchWatch watch = new LaunchWatch(IntegerDotConformanceTest.withIntegerDot(real));
        ClDevice with = Found.devices(watch.functions()).getFirst();
        assertThat(with.info().features()).contains("intdot");
        float[] exact = run(watch, with.asGpu(), Format.Q8_0, Precision.EXACT);
        assertThat(watch.groups().keySet()).containsExactly("matmul");
        float[] fast = run(watch, with.asGpu(), Format.Q8_0, Precision.FAST);
        assertThat(watch.groups().keySet()).containsExactlyInAnyOrder("quantise", "integer");
        assertThat(fast).isNotEqualTo(exact);
        for (int i = 0; i < fast.length; i++) {
            assertThat((double) Math.abs(fast[i] - exact[i])).isLessThan(0.05);
        }
        run(watch, with.asGpu(), Format.F16, Precision.FAST);
        assertThat(watch.groups().keySet()).containsExactly("matmul");
        run(watch, with, Format.Q8_0, Precision.FAST);
        assertThat(watch.groups().keySet()).as("rows must be the same there").containsExactly("matmul");
        LaunchWatch plain = new LaunchWatch(real);
        run(plain, Found.devices(plain.functions()).getFirst().asGpu(), Format.Q8_0, Precision.FAST);
        assertThat(plain.groups().keySet()).containsExactly("matmul");
    }

    private static float[] run(LaunchWatch watch, ClDevice device, Format format, Precision precision) {
        Program.Builder builder = Program.builder("product");
        Value in = builder.input("x", Format.F32, Shape.rows(Symbol.TOKENS, WIDTH));
        Value matrix = builder.weight("w", format, Shape.of(WIDTH, WIDTH));
        Value out = builder.result("out", Shape.rows(Symbol.TOKENS, WIDTH));
        MatMul product = new MatMul(out, in, matrix);
        Program program = builder.add(product).output(out).build();
        Limits limits = new Limits(1, 1, 1, 1);
        float[] numbers = new float[WIDTH * WIDTH];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (i * 37 % 101 - 50) / 50f;
        }
        watch.groups().clear();
        try (Arena arena = Arena.ofShared();
                Device opened = OpenClBackend.open(watch.functions(), device, ProgramCache.NONE);
                Weights weights = opened.place(
                        List.of(program),
                        name -> {
                            MemorySegment bytes = arena.allocate(format.bytes(numbers.length), 64);
                            Codecs.of(format).encode(numbers, 0, numbers.length, bytes, 0);
                            return new Tensor(name, format, Shape.of(WIDTH, WIDTH), bytes);
                        },
                        LoadListener.NONE);
                Buffer buffer = opened.openBuffer(4L * WIDTH);
                Plan plan = opened.prepare(
                        new PlanSpec(program, limits, precision),
                        dev.javelin.api.Bindings.NONE.with("x", buffer).with(weights));
                Step step = new Step(limits)) {
            boolean integer = watch.groups().isEmpty() && opened.activation(product, precision) == Format.Q8_0;
            buffer.write(0, MemorySegment.ofArray(numbers).asSlice(4, 4L * WIDTH));
            step.addSequence();
            step.addToken(0, 0, 0);
            plan.run(step).await();
            assertThat(watch.groups().containsKey("integer")).isEqualTo(integer);
            return plan.output("out").toArray(JAVA_FLOAT);
        }
    }
}
