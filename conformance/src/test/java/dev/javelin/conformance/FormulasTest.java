package dev.javelin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.javelin.api.Activation;
import dev.javelin.api.Format;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.RopeSpec.Order;
import java.util.Objects;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The formulas against numbers from tables and definitions. */
class FormulasTest {

    private static final Offset<Double> CLOSE = within(1e-13);

    @Test
    void errorFunction() {
        // Abramowitz and Stegun, table 7.1
        assertThat(1 - ErrorFunction.complement(0.5)).isCloseTo(0.5204998778130465, CLOSE);
        assertThat(1 - ErrorFunction.complement(1)).isCloseTo(0.8427007929497149, CLOSE);
        assertThat(1 - ErrorFunction.complement(1.9)).isCloseTo(0.9927904292352575, CLOSE);
        assertThat(ErrorFunction.complement(3) / 2.209049699858544e-5).isCloseTo(1, within(1e-12));
        assertThat(ErrorFunction.complement(-1)).isCloseTo(1.8427007929497148, CLOSE);
        assertThat(ErrorFunction.complement(0)).isEqualTo(1);
        assertThat(ErrorFunction.complement(1e5)).isZero();
    }

    @Test
    void activations() {
        assertThat(ElementFormulas.activation(Activation.SILU, 1)).isCloseTo(0.7310585786300049, CLOSE);
        assertThat(ElementFormulas.activation(Activation.GELU_ERF, 1)).isCloseTo(0.8413447460685429, CLOSE);
        assertThat(ElementFormulas.activation(Activation.GELU_TANH, 1)).isCloseTo(0.8411919906082768, CLOSE);
        assertThat(ElementFormulas.activation(Activation.RELU_SQUARED, 3)).isEqualTo(9);
        assertThat(ElementFormulas.activation(Activation.RELU_SQUARED, -3)).isZero();
    }

    @Test
    void plainRopeTurnsNeighbours() {
        RopeFormula rope = new RopeFormula(RopeSpec.plain(Order.NEIGHBOURS, 4, 10_000), null);
        Estimate turned = rope.turn(Estimate.exact(new float[] {1, 0, 0, 1}), 4, 1, new int[] {2});
        assertThat(turned.value)
                .containsExactly(new double[] {Math.cos(2), Math.sin(2), -Math.sin(0.02), Math.cos(0.02)}, CLOSE);
    }

    @Test
    void ropeOfHalvesLeavesTheRestOfAHead() {
        RopeFormula rope = new RopeFormula(RopeSpec.plain(Order.HALVES, 2, 10_000), null);
        Estimate turned = rope.turn(Estimate.exact(new float[] {1, 0, 5, 6}), 4, 1, new int[] {1});
        assertThat(turned.value).containsExactly(new double[] {Math.cos(1), Math.sin(1), 5, 6}, CLOSE);
    }

    @Test
    void yarnScalesSlowPairsAndLeavesFastOnes() {
        RopeSpec spec = RopeFamily.YARN.spec(Order.HALVES, 128, 10_000);
        RopeFormula rope = new RopeFormula(spec, null);
        assertThat(rope.angle(0, 100)).isCloseTo(100, CLOSE);
        assertThat(rope.angle(63, 100)).isCloseTo(25 * Math.pow(10_000, -126 / 128.0), CLOSE);
        assertThat(rope.magnitude()).isCloseTo(1 + 0.1 * Math.log(4), CLOSE);
    }

    @Test
    void llama3LeavesFastPairsAndSlowsDownSlowOnes() {
        double[] factors = Objects.requireNonNull(RopeFamily.LLAMA3.factors(128, 500_000));
        assertThat(factors).hasSize(64);
        assertThat(factors[0]).isEqualTo(1);
        assertThat(factors[63]).isEqualTo(8);
        assertThat(factors).isSorted();
    }

    @Test
    void aNormMakesTheMeanSquareOne() {
        Estimate out = ElementFormulas.rmsNorm(Estimate.exact(new float[] {3, -4}), new double[] {1, 2}, 0);
        double rms = Math.sqrt(12.5);
        assertThat(out.value).containsExactly(new double[] {3 / rms, -8 / rms}, CLOSE);
    }

    @Test
    void roundingNoiseFollowsTheType() {
        float[] numbers = Spread.PLAIN.fill(new SplittableRandom(1), 1, 256);
        Estimate x = Estimate.exact(numbers);
        double f16 = sum(Rounding.noise(x, 256, Format.F16));
        double bf16 = sum(Rounding.noise(x, 256, Format.BF16));
        double q8 = sum(Rounding.noise(x, 256, Format.Q8_0));
        assertThat(sum(Rounding.noise(x, 256, Format.F32))).isZero();
        assertThat(bf16 / f16).isBetween(7.0, 9.0);
        assertThat(q8).isGreaterThan(bf16);
        // the error of rounding to steps of 1/127 of the largest of a block is evenly spread over a step
        assertThat(q8 / 256).isBetween(0.2 / 127, 1.2 / 127);
    }

    private static double sum(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum;
    }
}
