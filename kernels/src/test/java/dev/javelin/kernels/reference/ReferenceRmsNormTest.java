package dev.javelin.kernels.reference;

import static dev.javelin.api.Dim.Symbol.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.javelin.api.RmsNorm;
import dev.javelin.api.Shape;
import dev.javelin.api.Value;
import org.junit.jupiter.api.Test;

final class ReferenceRmsNormTest {

    @Test
    void normalisesTheWholeRow() {
        try (Rig rig = new Rig(2)) {
            Value x = rig.input("x", Shape.rows(TOKENS, 4), 1, -1, 1, -1, 2, 0, 0, 0);
            Value out = rig.result("out", Shape.rows(TOKENS, 4));
            rig.add(new RmsNorm(out, x, rig.weight("weight", Shape.of(4), 1, 2, 3, 4), 0));

            assertThat(rig.floats(rig.step(2), out)).containsExactly(1, -2, 3, -4, 2, 0, 0, 0);
        }
    }

    @Test
    void normalisesEachHeadWithTheSameWeight() {
        try (Rig rig = new Rig(2)) {
            Value x = rig.input("x", Shape.rows(TOKENS, 4), 3, 3, 0.5f, -0.5f, 7, 0, 0, 7);
            Value out = rig.result("out", Shape.rows(TOKENS, 4));
            rig.add(new RmsNorm(out, x, rig.weight("weight", Shape.of(2), 1, 10), 0));

            float root2 = (float) Math.sqrt(2);
            assertThat(rig.floats(rig.step(2), out))
                    .containsExactly(new float[] {1, 10, 1, -10, root2, 0, 0, 10 * root2}, within(1e-6f));
        }
    }

    @Test
    void addsEpsToTheMeanOfTheSquares() {
        try (Rig rig = new Rig(1)) {
            Value x = rig.input("x", Shape.rows(TOKENS, 2), 1, 7);
            Value zero = rig.input("zero", Shape.rows(TOKENS, 2), 0, 0);
            Value out = rig.result("out", Shape.rows(TOKENS, 2));
            Value ofZero = rig.result("ofZero", Shape.rows(TOKENS, 2));
            Value weight = rig.weight("weight", Shape.of(2), 1, 1);
            rig.add(new RmsNorm(out, x, weight, 24));
            rig.add(new RmsNorm(ofZero, zero, weight, 1e-5f));

            Rig.Numbers numbers = rig.run(rig.step(1), out, ofZero);

            assertThat(numbers.floats(out)).as("mean 25, root of 25 + 24").containsExactly(1 / 7f, 1);
            assertThat(numbers.floats(ofZero)).containsExactly(0, 0);
        }
    }

    @Test
    void doesNotOverflowWhereFloatSquaresWould() {
        try (Rig rig = new Rig(1)) {
            Value x = rig.input("x", Shape.rows(TOKENS, 2), 1e30f, -1e30f);
            Value out = rig.result("out", Shape.rows(TOKENS, 2));
            rig.add(new RmsNorm(out, x, rig.weight("weight", Shape.of(2), 1, 1), 1e-6f));

            assertThat(rig.floats(rig.step(1), out)).containsExactly(1, -1);
        }
    }
}
