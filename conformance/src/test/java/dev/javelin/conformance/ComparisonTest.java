package dev.javelin.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final int COUNT = 100;

    /** Compares numbers that should all be 1, with a noise of 0.01. */
    private static Comparison compare(double[] found) {
        Estimate estimate = new Estimate(COUNT);
        Arrays.fill(estimate.value, 1);
        Arrays.fill(estimate.noise, 0.01);
        Comparison comparison = new Comparison();
        comparison.numbers("x", i -> found[i], estimate, estimate.value, new int[] {0}, 1, "formula");
        return comparison;
    }

    private static double[] ones() {
        double[] ones = new double[COUNT];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void takesWhatIsWithinTheNoise() {
        double[] found = ones();
        found[7] += 0.09;
        assertThat(compare(found).closeness()).isBetween(0.7, 0.8);
    }

    @Test
    void findsOneNumberThatIsOff() {
        double[] found = ones();
        found[7] += 0.13;
        assertThatThrownBy(() -> compare(found))
                .isInstanceOf(Claim.Broken.class)
                .hasMessageContainingAll("column=7", "expected=1.0", "actual=1.13", "nmse=");
    }

    @Test
    void findsWhatIsSlightlyOffEverywhere() {
        double[] found = ones();
        for (int i = 0; i < COUNT; i++) {
            found[i] += 0.05;
        }
        assertThatThrownBy(() -> compare(found)).hasMessageContaining("off everywhere");
    }

    @Test
    void takesZeroForWhatIsTooSmallForAFloat() {
        Estimate estimate = new Estimate(new double[] {0x1p-1060, 1}, new double[2]);
        Comparison comparison = new Comparison();
        comparison.numbers("x", i -> i, estimate, estimate.value, new int[] {0}, 1, "formula");
        assertThatThrownBy(() ->
                        comparison.numbers("x", i -> i + 1e-30, estimate, estimate.value, new int[] {0}, 1, "formula"))
                .hasMessageContaining("column=0");
    }

    @Test
    void findsNaNAndInfinity() {
        for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            double[] found = ones();
            found[99] = wrong;
            assertThatThrownBy(() -> compare(found)).hasMessageContaining("column=99");
        }
    }

    @Test
    void numbersWithoutNoiseMustBeExact() {
        Estimate estimate = new Estimate(1);
        estimate.value[0] = 5;
        int[] rows = {0};
        assertThatCode(() -> new Comparison().numbers("x", i -> 5, estimate, estimate.value, rows, 1, "formula"))
                .doesNotThrowAnyException();
        double next = Math.nextUp(5.0);
        assertThatThrownBy(() -> new Comparison().numbers("x", i -> next, estimate, estimate.value, rows, 1, "formula"))
                .isInstanceOf(Claim.Broken.class);
    }
}
