package dev.javelin.runtime.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExpTest {

    @Test
    void itIsWithinTwoUnitsInTheLastPlace() {
        SplittableRandom random = new SplittableRandom(3);
        double worst = 0;
        for (int i = 0; i < 1_000_000; i++) {
            double x = -random.nextDouble()
                    * switch (i % 4) {
                        case 0 -> 1;
                        case 1 -> 40;
                        case 2 -> 708;
                        default -> 1e-6;
                    };
            double exact = StrictMath.exp(x);
            worst = Math.max(worst, Math.abs(Exp.of(x) - exact) / Math.ulp(exact));
        }
        assertThat(worst).isLessThanOrEqualTo(2);
    }

    @Test
    void itsEndsAreExact() {
        assertThat(Exp.of(0)).isEqualTo(1);
        assertThat(Exp.of(-0.0)).isEqualTo(1);
        assertThat(Exp.of(-1e-300)).isEqualTo(1);
        assertThat(Exp.of(-708)).isPositive().isLessThan(1e-307);
        assertThat(Exp.of(-709)).isZero();
        assertThat(Exp.of(-760)).isZero();
        assertThat(Exp.of(-1e300)).isZero();
        assertThat(Exp.of(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Exp.of(Double.NaN)).isZero();
    }

    @Test
    void aBlockSumsWhatSingleOnesAre() {
        SplittableRandom random = new SplittableRandom(5);
        Block block = new Block();
        for (int length : new int[] {1, 2, 31, 255, 256}) {
            for (double spread : new double[] {1, 30, 1000, 1e38}) {
                int[] bits = new int[300];
                for (int i = 0; i < 300; i++) {
                    double logit = i % 7 == 3 ? Double.NEGATIVE_INFINITY : random.nextDouble() * -spread;
                    bits[i] = Float.floatToRawIntBits((float) logit);
                }
                double mass = 0;
                double moment = 0;
                for (int i = 5; i < 5 + length && i < 300; i++) {
                    double below = Float.intBitsToFloat(bits[i]) - 2.5;
                    mass += Exp.of(below * 0.75);
                    moment += Math.max(below, Exp.LEAST) * Exp.of(below);
                }
                block.load(bits, 5, 5 + length);
                assertThat(block.mass(2.5, 0.75)).isEqualTo(mass);
                assertThat(block.moment(2.5)).isEqualTo(moment);
            }
        }
    }
}
