package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Activation;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The functions against double, over their whole range and at its ends. */
final class VectorMathTest {
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
        void apply(ElementMath math, MemorySegment x, MemorySegment out);
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
        check(width, (math, x, out) -> math.softCap(1, x, out, 0, COUNT), Math::tanh, 3);
    }

    @ParameterizedTest
    @EnumSource
    void exp(VectorWidth width) {
        float[] numbers = numbers();
        float[] results = numbers.clone();
        WidthKernels.of(width).attention().exp(0, results, 0, COUNT);
        for (int i = 0; i < COUNT; i++) {
            check("exp", numbers[i], results[i], Math.exp(numbers[i]), 2);
        }
    }

    private static Function activation(Activation activation) {
        return (math, x, out) -> math.activate(activation, x, null, out, 0, COUNT);
    }

    private static void check(VectorWidth width, Function function, DoubleUnaryOperator exact, double ulps) {
        float[] numbers = numbers();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment x = arena.allocateFrom(JAVA_FLOAT, numbers);
            MemorySegment out = arena.allocate(x.byteSize(), 64);
            function.apply(WidthKernels.of(width).elements(), x, out);
            for (int i = 0; i < COUNT; i++) {
                check("f", numbers[i], out.getAtIndex(JAVA_FLOAT, i), exact.applyAsDouble(numbers[i]), ulps);
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
