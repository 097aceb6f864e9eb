package dev.javelin.kernels.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ErfTest {

    /** From tables. */
    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "0.5, 0.4795001221869534623",
        "1, 0.1572992070502851307",
        "2, 4.677734981047265838e-3",
        "3, 2.209049699858544137e-5",
        "5, 1.537459794428034850e-12",
        "10, 2.088487583762544757e-45",
        "-1, 1.842700792949714869"
    })
    void equalsTables(double x, double complement) {
        assertThat(Erf.complement(x)).isCloseTo(complement, within(2e-15 * complement));
    }

    /** The plain Taylor series in decimal arithmetic of 80 digits, over the whole range where it matters. */
    @Test
    void equalsTheTaylorSeries() {
        for (double x = -7; x <= 7; x += 0.0625) {
            double expected = taylor(x);
            assertThat(Erf.complement(x)).as("x=%s", x).isCloseTo(expected, within(1e-13 * expected));
        }
    }

    @Test
    void reachesItsLimits() {
        assertThat(Erf.complement(40)).isZero();
        assertThat(Erf.complement(-40)).isEqualTo(2);
        assertThat(Erf.complement(Double.POSITIVE_INFINITY)).isZero();
        assertThat(Erf.complement(Double.NEGATIVE_INFINITY)).isEqualTo(2);
        assertThat(Erf.complement(Double.NaN)).isNaN();
    }

    private static double taylor(double x) {
        MathContext digits = new MathContext(80);
        BigDecimal square = new BigDecimal(x).pow(2);
        BigDecimal power = new BigDecimal(x);
        BigDecimal sum = power;
        for (int n = 1; n < 300; n++) { // (-1)^n x^(2n+1) / (n! (2n+1))
            power = power.multiply(square, digits).negate().divide(BigDecimal.valueOf(n), digits);
            sum = sum.add(power.divide(BigDecimal.valueOf(2 * n + 1), digits), digits);
        }
        BigDecimal pi = new BigDecimal("3.14159265358979323846264338327950288419716939937510582097494459");
        BigDecimal erf = sum.multiply(BigDecimal.TWO).divide(pi.sqrt(digits), digits);
        return BigDecimal.ONE.subtract(erf).doubleValue();
    }
}
