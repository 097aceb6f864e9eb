package dev.javelin.kernels.reference;

import static dev.javelin.api.Dim.Symbol.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.javelin.api.Activation;
import dev.javelin.api.Binary;
import dev.javelin.api.Glu;
import dev.javelin.api.Op;
import dev.javelin.api.Scale;
import dev.javelin.api.Shape;
import dev.javelin.api.SoftCap;
import dev.javelin.api.Unary;
import dev.javelin.api.Value;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

final class ReferencePointwiseTest {
    private static final float HUGE = 1e5f;

    private static float[] apply(BiFunction<Value, Value, Op> op, float... numbers) {
        try (Rig rig = new Rig(numbers.length)) {
            Value x = rig.input("x", Shape.rows(TOKENS, 1), numbers);
            Value out = rig.result("out", Shape.rows(TOKENS, 1));
            rig.add(op.apply(out, x));
            return rig.floats(rig.step(numbers.length), out);
        }
    }

    private static float[] activate(Activation activation, float... numbers) {
        return apply((out, x) -> new Unary(out, x, activation), numbers);
    }

    private static float[] floats(double... numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    /** The expected numbers come from tables of the functions, to more digits than a float has. */
    @Test
    void activationsHaveTheirValues() {
        float[] x = {0, 1, -1, 3, -3};

        assertThat(activate(Activation.SILU, x))
                .containsExactly(floats(0, 0.7310585786, -0.2689414214, 2.857722381, -0.1422776195), within(2e-7f));
        assertThat(activate(Activation.GELU_TANH, x))
                .containsExactly(floats(0, 0.8411919906, -0.1588080094, 2.996362607, -0.003637392608), within(2e-7f));
        assertThat(activate(Activation.GELU_ERF, x))
                .containsExactly(floats(0, 0.8413447461, -0.1586552539, 2.995950306, -0.004049694096), within(2e-7f));
        assertThat(activate(Activation.RELU_SQUARED, x)).containsExactly(0, 1, 0, 9, 0);
    }

    @Test
    void activationsHaveTheirLimits() {
        for (Activation activation : Activation.values()) {
            float[] far = activate(activation, HUGE, -HUGE, Float.NaN);
            assertThat(far[0])
                    .as("%s", activation)
                    .isEqualTo(activation == Activation.RELU_SQUARED ? HUGE * HUGE : HUGE);
            assertThat(far[1]).as("%s", activation).isZero();
            assertThat(far[2]).as("%s", activation).isNaN();
        }
    }

    @Test
    void gatedUnitsMultiplyTheActivatedGateWithTheOther() {
        try (Rig rig = new Rig(2)) {
            Value gate = rig.input("gate", Shape.rows(TOKENS, 2), 2, -3, 4, 1);
            Value up = rig.input("up", Shape.rows(TOKENS, 2), 10, 20, -0.5f, 7);
            Value out = rig.result("out", Shape.rows(TOKENS, 2));
            rig.add(new Glu(out, gate, up, Activation.RELU_SQUARED));

            assertThat(rig.floats(rig.step(2), out)).containsExactly(40, 0, -8, 7);
        }
    }

    @Test
    void scalesAndCaps() {
        assertThat(apply((out, x) -> new Scale(out, x, -2.5f), 2, -4, 0)).containsExactly(-5, 10, -0f);
        assertThat(apply((out, x) -> new SoftCap(out, x, 30), 30, -1e6f, 0, 1e-3f))
                .containsExactly(floats(22.8478247, -30, 0, 1e-3), within(2e-6f));
    }

    @Test
    void addsAndMultipliesElementByElement() {
        try (Rig rig = new Rig(2)) {
            Value a = rig.input("a", Shape.rows(TOKENS, 2), 1, 2, 3, 4);
            Value b = rig.input("b", Shape.rows(TOKENS, 2), 10, 20, 30, 40);
            Value sum = rig.result("sum", Shape.rows(TOKENS, 2));
            Value product = rig.result("product", Shape.rows(TOKENS, 2));
            rig.add(new Binary(sum, Binary.Kind.ADD, a, b));
            rig.add(new Binary(product, Binary.Kind.MULTIPLY, a, b));

            Rig.Numbers numbers = rig.run(rig.step(2), sum, product);

            assertThat(numbers.floats(sum)).containsExactly(11, 22, 33, 44);
            assertThat(numbers.floats(product)).containsExactly(10, 40, 90, 160);
        }
    }

    @Test
    void oneRowServesAllRows() {
        try (Rig rig = new Rig(3)) {
            Value a = rig.input("a", Shape.rows(TOKENS, 2), 1, 2, 3, 4, 5, 6);
            Value row = rig.weight("row", Shape.of(2), 10, -1);
            Value sum = rig.result("sum", Shape.rows(TOKENS, 2));
            Value product = rig.result("product", Shape.rows(TOKENS, 2));
            rig.add(new Binary(sum, Binary.Kind.ADD, a, row));
            rig.add(new Binary(product, Binary.Kind.MULTIPLY, a, row));

            Rig.Numbers numbers = rig.run(rig.step(3), sum, product);

            assertThat(numbers.floats(sum)).containsExactly(11, 1, 13, 3, 15, 5);
            assertThat(numbers.floats(product)).containsExactly(10, -2, 30, -4, 50, -6);
        }
    }

    @Test
    void worksOnEveryShape() {
        try (Rig rig = new Rig(2)) {
            Value cube = rig.input("cube", Shape.rows(TOKENS, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
            Value line = rig.input("line", Shape.of(3), 1, 2, 3);
            Value ofCube = rig.result("ofCube", Shape.rows(TOKENS, 2, 2));
            Value ofLine = rig.result("ofLine", Shape.of(3));
            rig.add(new Scale(ofCube, cube, 2));
            rig.add(new Scale(ofLine, line, 2));

            Rig.Numbers numbers = rig.run(rig.step(2), ofCube, ofLine);

            assertThat(numbers.floats(ofCube)).containsExactly(2, 4, 6, 8, 10, 12, 14, 16);
            assertThat(numbers.floats(ofLine)).containsExactly(2, 4, 6);
        }
    }
}
