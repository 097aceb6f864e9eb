package dev.javelin.kernels.reference;

import static dev.javelin.api.Dim.Symbol.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.ExpertSum;
import dev.javelin.api.Format;
import dev.javelin.api.Route;
import dev.javelin.api.Route.Scoring;
import dev.javelin.api.Shape;
import dev.javelin.api.Value;
import org.junit.jupiter.api.Test;

/** {@link Route}, {@link ExpertMatMul} and {@link ExpertSum}. */
final class ReferenceExpertsTest {

    /** Experts and their shares for one row of logits. */
    private static Rig.Numbers route(
            Scoring scoring, int k, boolean renormalise, float scale, float[] bias, float... logits) {
        try (Rig rig = new Rig(1)) {
            Value x = rig.input("x", Shape.rows(TOKENS, logits.length), logits);
            Value experts = rig.indexResult("experts", Shape.rows(TOKENS, k));
            Value shares = rig.result("shares", Shape.rows(TOKENS, k));
            Value weight = bias.length == 0 ? null : rig.weight("bias", Shape.of(bias.length), bias);
            rig.add(new Route(experts, shares, x, scoring, weight, renormalise, scale));
            return rig.run(rig.step(1), experts, shares);
        }
    }

    private static float log(double number) {
        return (float) Math.log(number);
    }

    @Test
    void softmaxRunsOverAllExperts() {
        Rig.Numbers routed = route(Scoring.SOFTMAX, 2, false, 1, new float[0], log(2), log(5), 0, log(2));

        assertThat(routed.ints("experts")).containsExactly(1, 0);
        assertThat(routed.floats("shares")).containsExactly(new float[] {0.5f, 0.2f}, within(1e-7f));
    }

    @Test
    void renormalisesAndScales() {
        Rig.Numbers routed = route(Scoring.SOFTMAX, 2, true, 7, new float[0], log(2), log(5), 0, log(2));

        assertThat(routed.floats("shares")).containsExactly(new float[] {5, 2}, within(1e-6f));
        assertThat(route(Scoring.SOFTMAX, 2, false, 10, new float[0], log(2), log(5), 0, log(2))
                        .floats("shares"))
                .containsExactly(new float[] {5, 2}, within(1e-6f));
    }

    @Test
    void sigmoidLooksAtEachExpertAlone() {
        Rig.Numbers routed = route(Scoring.SIGMOID, 2, false, 1, new float[0], -log(3), 0, log(3));

        assertThat(routed.ints("experts")).containsExactly(2, 1);
        assertThat(routed.floats("shares")).containsExactly(new float[] {0.75f, 0.5f}, within(1e-7f));
    }

    @Test
    void theBiasChangesTheChoiceButNotTheShares() {
        Rig.Numbers routed = route(Scoring.SIGMOID, 2, true, 1, new float[] {1, 0, 0}, -log(3), 0, log(3));

        assertThat(routed.ints("experts")).containsExactly(0, 2);
        assertThat(routed.floats("shares")).containsExactly(new float[] {0.25f, 0.75f}, within(1e-7f));
    }

    @Test
    void ofEqualOnesTheLowestIndexComesFirst() {
        assertThat(route(Scoring.SOFTMAX, 3, false, 1, new float[0], 1, 2, 1, 2, 1)
                        .ints("experts"))
                .containsExactly(1, 3, 0);
    }

    @Test
    void staysFiniteForLargeLogitsAndChoosesExpertsEvenOfNaN() {
        Rig.Numbers large = route(Scoring.SOFTMAX, 2, true, 1, new float[0], 1e5f, 1e5f, -1e5f);
        Rig.Numbers none = route(Scoring.SIGMOID, 2, false, 1, new float[0], Float.NaN, -1, Float.NaN);

        assertThat(large.ints("experts")).containsExactly(0, 1);
        assertThat(large.floats("shares")).containsExactly(0.5f, 0.5f);
        assertThat(none.ints("experts")).containsExactly(1, 0);
        assertThat(none.floats("shares")[1]).isNaN();
    }

    @Test
    void multipliesWithTheMatricesOfTheChosenExperts() {
        try (Rig rig = new Rig(2)) {
            Value x = rig.input("x", Shape.rows(TOKENS, 2), 1, 2, 3, 4);
            Value experts = rig.indices("experts", Shape.rows(TOKENS, 2), 2, 0, 0, 0);
            Value matrices = rig.weight("matrices", Shape.of(3, 1, 2), 1, 1, 9, 9, 10, 100);
            Value bias = rig.weight("bias", Shape.of(3, 1), 0.5f, 9, 0.25f);
            Value out = rig.result("out", Shape.rows(TOKENS, 2, 1));
            Value plain = rig.result("plain", Shape.rows(TOKENS, 2, 1));
            rig.add(new ExpertMatMul(out, x, matrices, experts, bias));
            rig.add(new ExpertMatMul(plain, x, matrices, experts, null));

            Rig.Numbers numbers = rig.run(rig.step(2), out, plain);

            assertThat(numbers.floats(out)).containsExactly(210.25f, 3.5f, 7.5f, 7.5f);
            assertThat(numbers.floats(plain)).containsExactly(210, 3, 7, 7);
        }
    }

    @Test
    void takesAnInputForEachChoice() {
        try (Rig rig = new Rig(2)) {
            Value x = rig.input("x", Shape.rows(TOKENS, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
            Value experts = rig.indices("experts", Shape.rows(TOKENS, 2), 1, 0, 0, 1);
            Value matrices = rig.weight("matrices", Shape.of(2, 1, 2), 1, 1, 10, 100);
            Value out = rig.result("out", Shape.rows(TOKENS, 2, 1));
            rig.add(new ExpertMatMul(out, x, matrices, experts, null));

            assertThat(rig.floats(rig.step(2), out)).containsExactly(210, 7, 11, 870);
        }
    }

    @Test
    void readsStacksOfQuantisedMatrices() {
        int experts = 3;
        int n = 5;
        int width = 64;
        float[] numbers = Samples.gaussian(1, experts * n * width);
        float[] decoded = Samples.rounded(Format.Q5_1, numbers);
        float[] input = Samples.gaussian(2, 2 * width);
        int[] chosen = {2, 0, 1, 2};
        try (Rig rig = new Rig(2)) {
            Value x = rig.input("x", Shape.rows(TOKENS, width), input);
            Value choice = rig.indices("experts", Shape.rows(TOKENS, 2), chosen);
            Value matrices = rig.weight(Samples.tensor("matrices", Format.Q5_1, Shape.of(experts, n, width), numbers));
            Value out = rig.result("out", Shape.rows(TOKENS, 2, n));
            rig.add(new ExpertMatMul(out, x, matrices, choice, null));

            float[] actual = rig.floats(rig.step(2), out);

            for (int i = 0; i < actual.length; i++) {
                int matrixRow = chosen[i / n] * n + i % n;
                double sum = 0;
                for (int j = 0; j < width; j++) {
                    sum += (double) input[i / (2 * n) * width + j] * decoded[matrixRow * width + j];
                }
                assertThat(actual[i]).as("element %d", i).isEqualTo((float) sum);
            }
        }
    }

    @Test
    void givesNaNForAnIndexThatIsNoExpert() {
        try (Rig rig = new Rig(2)) {
            Value x = rig.input("x", Shape.rows(TOKENS, 1), 1, 2);
            Value experts = rig.indices("experts", Shape.rows(TOKENS, 2), 2, 0, 1, -1);
            Value matrices = rig.weight("matrices", Shape.of(2, 1, 1), 10, 20);
            Value out = rig.result("out", Shape.rows(TOKENS, 2, 1));
            rig.add(new ExpertMatMul(out, x, matrices, experts, null));

            assertThat(rig.floats(rig.step(2), out)).containsExactly(Float.NaN, 10, 40, Float.NaN);
        }
    }

    @Test
    void weighsAndAddsTheResultsOfEachRow() {
        try (Rig rig = new Rig(2)) {
            Value x = rig.input("x", Shape.rows(TOKENS, 2, 3), 1, 2, 3, 10, 20, 30, 4, 5, 6, 40, 50, 60);
            Value shares = rig.input("shares", Shape.rows(TOKENS, 2), 1, 0.5f, -1, 2);
            Value out = rig.result("out", Shape.rows(TOKENS, 3));
            rig.add(new ExpertSum(out, x, shares));

            assertThat(rig.floats(rig.step(2), out)).containsExactly(6, 12, 18, 76, 95, 114);
        }
    }
}
