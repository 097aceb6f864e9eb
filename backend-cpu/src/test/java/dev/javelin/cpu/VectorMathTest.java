package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Activation;
import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.Dim;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.SoftCap;
import dev.javelin.api.Step;
import dev.javelin.api.Unary;
import dev.javelin.api.Value;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The functions against double, over their whole range and at its ends. */
final class VectorMathTest {
    private static final int COLUMNS = 64;
    private static final int COUNT = 1 << 16;
    private static final float[] ENDS = {
        0,
        -0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        1e-38f,
        1e-20f,
        1,
        -1,
        9.9f,
        10.1f,
        -88,
        -104,
        -200,
        88,
        1e10f,
        -1e10f,
        3e38f,
        -3e38f
    };

    private interface Function {
        Op of(Value out, Value x);
    }

    @ParameterizedTest
    @EnumSource
    void silu(VectorWidth width) {
        check(width, activation(Activation.SILU), x -> x / (1 + Math.exp(-x)), 4);
    }

    @ParameterizedTest
    @EnumSource
    void geluTanh(VectorWidth width) {
        // The error of the argument of exp grows with the argument, hence the larger bound.
        double c = Math.sqrt(2 / Math.PI);
        check(
                width,
                activation(Activation.GELU_TANH),
                x -> x / (1 + Math.exp(-2 * c * (x + 0.044715 * x * x * x))),
                200);
    }

    @ParameterizedTest
    @EnumSource
    void reluSquared(VectorWidth width) {
        check(width, activation(Activation.RELU_SQUARED), x -> Math.max(x, 0) * Math.max(x, 0), 1);
    }

    @ParameterizedTest
    @EnumSource
    void tanh(VectorWidth width) {
        check(width, (out, x) -> new SoftCap(out, x, 1), Math::tanh, 4);
    }

    /** Also where the quotient is too small a number to have all its digits. */
    @ParameterizedTest
    @EnumSource
    void aHugeCapChangesNothing(VectorWidth width) {
        double cap = 1e38f;
        check(width, (out, x) -> new SoftCap(out, x, 1e38f), x -> cap * Math.tanh(x / cap), 4);
    }

    @ParameterizedTest
    @EnumSource
    void exp(VectorWidth width) {
        float[] numbers = numbers();
        for (int i = 0; i < COUNT; i++) {
            numbers[i] = -Math.abs(numbers[i]);
        }
        float[] results = numbers.clone();
        WidthKernels.of(width).exp().exp(results, 0, COUNT);
        for (int i = 0; i < COUNT; i++) {
            check("exp", numbers[i], results[i], Math.exp(numbers[i]), 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoNumberStaysNone(VectorWidth width) {
        float[] numbers = new float[COLUMNS];
        for (int i = 0; i < numbers.length; i++) { // with all kinds of low bits, which exponents are made of
            numbers[i] = Float.intBitsToFloat((i % 2 == 0 ? 0x7FC00000 : 0xFFC00000) + i * 31);
        }
        float[] exps = numbers.clone();
        WidthKernels.of(width).exp().exp(exps, 0, exps.length);
        assertThat(exps).containsOnly(Float.NaN);
        for (Activation activation : Activation.values()) {
            assertThat(results(width, activation(activation), numbers))
                    .as("%s", activation)
                    .containsOnly(Float.NaN);
        }
        assertThat(results(width, (out, x) -> new SoftCap(out, x, 1), numbers)).containsOnly(Float.NaN);
    }

    private static Function activation(Activation activation) {
        return (out, x) -> new Unary(out, x, activation);
    }

    private static void check(VectorWidth width, Function function, DoubleUnaryOperator exact, double ulps) {
        float[] numbers = numbers();
        float[] results = results(width, function, numbers);
        for (int i = 0; i < COUNT; i++) {
            check("f", numbers[i], results[i], exact.applyAsDouble(numbers[i]), ulps);
        }
    }

    private static float[] results(VectorWidth width, Function function, float[] numbers) {
        Program.Builder builder = Program.builder("function");
        Value x = builder.input("x", Format.F32, Shape.rows(Dim.Symbol.TOKENS, COLUMNS));
        Value out = builder.result("out", Shape.rows(Dim.Symbol.TOKENS, COLUMNS));
        Program program = builder.add(function.of(out, x)).output(out).build();
        int rows = numbers.length / COLUMNS;
        Limits limits = new Limits(rows, 1, 1, rows);
        try (Device device = Rig.open(width, 1);
                Buffer buffer = device.openBuffer((long) numbers.length * Float.BYTES)) {
            buffer.write(0, MemorySegment.ofArray(numbers));
            try (Plan plan = device.prepare(
                            new PlanSpec(program, limits, Precision.EXACT), Bindings.NONE.with("x", buffer));
                    Step step = Rig.tokens(limits, rows)) {
                plan.run(step).await();
                return plan.output("out").toArray(JAVA_FLOAT);
            }
        }
    }

    private static void check(String name, float x, float actual, double exact, double ulps) {
        float rounded = (float) exact;
        if (Float.isFinite(rounded)) {
            double tolerated = ulps * Math.max(Math.ulp(rounded), Float.MIN_NORMAL);
            assertThat((double) actual).as("%s(%s)", name, x).isBetween(exact - tolerated, exact + tolerated);
        } else {
            assertThat(actual).as("%s(%s)", name, x).isEqualTo(rounded);
        }
    }

    /** Mostly where the functions bend, some everywhere. */
    private static float[] numbers() {
        SplittableRandom random = new SplittableRandom(1);
        float[] numbers = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            if (i < ENDS.length) {
                numbers[i] = ENDS[i];
            } else if (i % 2 == 0) {
                numbers[i] = (float) random.nextDouble(-20, 20);
            } else {
                numbers[i] = (float) (Math.exp(random.nextDouble(-40, 5)) * (random.nextBoolean() ? 1 : -1));
            }
        }
        return numbers;
    }
}
