package dev.javelin.kernels.reference;

import static dev.javelin.api.Dim.Symbol.OUTPUTS;
import static dev.javelin.api.Dim.Symbol.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.ArgMax;
import dev.javelin.api.Dim;
import dev.javelin.api.Limits;
import dev.javelin.api.Shape;
import dev.javelin.api.Step;
import dev.javelin.api.TopK;
import dev.javelin.api.Value;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@link ArgMax} and {@link TopK}. */
final class ReferenceChoiceTest {
    private static final float NAN = Float.NaN;
    private static final float INFINITE = Float.POSITIVE_INFINITY;

    private static Rig.Numbers choose(Dim rows, int count, int k, Consumer<Step> more, float... numbers) {
        int width = numbers.length / count;
        Limits limits = new Limits(count, 1, count, count, new Limits.Extras(0, Math.max(1, width - 1), 8, false));
        try (Rig rig = new Rig(limits)) {
            Value x = rig.input("x", Shape.rows(rows, width), numbers);
            Value largest = rig.indexResult("largest", Shape.rows(rows));
            Value ids = rig.indexResult("ids", Shape.rows(rows, k));
            Value values = rig.result("values", Shape.rows(rows, k));
            rig.add(new ArgMax(largest, x)).add(new TopK(ids, values, x));
            Step step = rig.step(count);
            more.accept(step);
            return rig.run(step, largest, ids, values);
        }
    }

    private static Rig.Numbers choose(int k, float... row) {
        return choose(TOKENS, 1, k, step -> {}, row);
    }

    @Test
    void findsTheLargestOfEachRow() {
        Rig.Numbers chosen = choose(TOKENS, 2, 2, step -> {}, 1, 5, 3, -1, -7, -2);

        assertThat(chosen.ints("largest")).containsExactly(1, 0);
        assertThat(chosen.ints("ids")).containsExactly(1, 2, 0, 2);
        assertThat(chosen.floats("values")).containsExactly(5, 3, -1, -2);
    }

    @Test
    void prefersTheLowestIndexOfEqualOnes() {
        Rig.Numbers chosen = choose(4, 2, 7, 0, 7, -0f, 2, 7);

        assertThat(chosen.ints("largest")).containsExactly(1);
        assertThat(chosen.ints("ids")).containsExactly(1, 3, 6, 0);
        assertThat(choose(3, -0f, 0, -0f).ints("ids")).as("the zeros are equal").containsExactly(0, 1, 2);
    }

    @Test
    void neverPrefersNaN() {
        Rig.Numbers chosen = choose(4, NAN, -3, NAN, -INFINITE);

        assertThat(chosen.ints("largest")).containsExactly(1);
        assertThat(chosen.ints("ids")).containsExactly(1, 0, 2, 3);
        assertThat(chosen.floats("values")).containsExactly(-3, -INFINITE, -INFINITE, -INFINITE);
        assertThat(choose(1, NAN, -INFINITE).ints("largest"))
                .as("not even to infinity")
                .containsExactly(1);
    }

    @Test
    void choosesTheFirstWhereThereIsNothingToChooseFrom() {
        Rig.Numbers chosen = choose(2, NAN, NAN, NAN);

        assertThat(chosen.ints("largest")).containsExactly(0);
        assertThat(chosen.ints("ids")).containsExactly(0, 1);
        assertThat(chosen.floats("values")).containsExactly(-INFINITE, -INFINITE);
    }

    @Test
    void sortsLikeAStableSort() {
        Random random = new Random(11);
        for (int width = 1; width < 40; width++) {
            float[] row = new float[width];
            for (int i = 0; i < width; i++) {
                row[i] = random.nextInt(12); // so that many are equal
            }
            int k = 1 + random.nextInt(width);

            int[] sorted = IntStream.range(0, width)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -row[i]))
                    .mapToInt(Integer::intValue)
                    .limit(k)
                    .toArray();

            assertThat(choose(k, row).ints("ids"))
                    .as("%s", Arrays.toString(row))
                    .containsExactly(sorted);
        }
    }

    @Test
    void addsTheBiasesOfTheRowFirst() {
        Rig.Numbers chosen = choose(
                OUTPUTS,
                2,
                2,
                step -> {
                    step.bias(1, 0, 10);
                    step.bias(0, 2, 1.5f);
                    step.bias(0, 2, 1);
                    step.bias(0, 1, -100);
                },
                1,
                3,
                2,
                1,
                3,
                2);

        assertThat(chosen.ints("largest")).containsExactly(2, 0);
        assertThat(chosen.ints("ids")).containsExactly(2, 0, 0, 1);
        assertThat(chosen.floats("values")).containsExactly(4.5f, 1, 11, 3);
    }

    @Test
    void addsBiasesInF32AndInOrder() {
        Rig.Numbers chosen = choose(
                OUTPUTS,
                1,
                2,
                step -> {
                    step.bias(0, 1, 1e8f);
                    step.bias(0, 1, -1e8f);
                },
                0.5f,
                1);

        assertThat(chosen.ints("largest")).as("1 + 1e8 - 1e8 is 0 in F32").containsExactly(0);
        assertThat(chosen.floats("values")).containsExactly(0.5f, 0);
    }

    @Test
    void looksOnlyAtWhatTheMaskAllows() {
        Rig.Numbers chosen = choose(
                OUTPUTS,
                2,
                3,
                step -> {
                    step.mask(1);
                    step.allow(1, 2);
                    step.allow(1, 0);
                    step.bias(1, 1, 1000);
                },
                1,
                5,
                3,
                9,
                1,
                5,
                3,
                9); // the vocabulary of masks has 3 ids: the last is never allowed

        assertThat(chosen.ints("largest")).containsExactly(3, 2);
        assertThat(chosen.ints("ids")).containsExactly(3, 1, 2, 2, 0, 1);
        assertThat(chosen.floats("values")).containsExactly(9, 5, 3, 3, 1, -INFINITE);
    }

    @Test
    void choosesAnAllowedOneHoweverSmall() {
        Rig.Numbers chosen = choose(
                OUTPUTS,
                1,
                1,
                step -> {
                    step.mask(0);
                    step.allow(0, 1);
                },
                5,
                -INFINITE,
                7,
                9);

        assertThat(chosen.ints("largest")).containsExactly(1);
    }

    @Test
    void choosesTheFirstWhereNothingIsAllowed() {
        Rig.Numbers chosen = choose(OUTPUTS, 1, 2, step -> step.mask(0), 1, 5, 3, 9);

        assertThat(chosen.ints("largest")).containsExactly(0);
        assertThat(chosen.ints("ids")).containsExactly(0, 1);
        assertThat(chosen.floats("values")).containsExactly(-INFINITE, -INFINITE);
    }

    @Test
    void masksReachAcrossWords() {
        float[] row = new float[101];
        Arrays.fill(row, 1);
        Rig.Numbers chosen = choose(
                OUTPUTS,
                1,
                3,
                step -> {
                    step.mask(0);
                    step.allow(0, 99);
                    step.allow(0, 31);
                    step.allow(0, 64);
                },
                row);

        assertThat(chosen.ints("largest")).containsExactly(31);
        assertThat(chosen.ints("ids")).containsExactly(31, 64, 99);
    }

    @Test
    void biasesAndMasksAreForOutputRowsAlone() {
        Rig.Numbers chosen = choose(
                TOKENS,
                1,
                1,
                step -> {
                    step.bias(0, 0, 100);
                    step.mask(0);
                },
                1,
                5,
                3);

        assertThat(chosen.ints("largest")).containsExactly(1);
        assertThat(chosen.floats("values")).containsExactly(5);
    }
}
