package dev.javelin.runtime.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class XoshiroTest {

    @Test
    void itGivesTheNumbersThatOtherImplementationsGive() {
        Xoshiro random = new Xoshiro(1, 2, 3, 4);
        long[] expected = {
            41943041L, 58720359L, 3588806011781223L, 3591011842654386L, Long.parseUnsignedLong("9228616714210784205")
        };
        for (long number : expected) {
            assertThat(random.nextLong()).isEqualTo(number);
        }
    }

    @Test
    void itsStateComesFromSplitMix() {
        SplittableRandom split = new SplittableRandom(99);
        Xoshiro expected = new Xoshiro(split.nextLong(), split.nextLong(), split.nextLong(), split.nextLong());
        Xoshiro random = new Xoshiro(99);
        for (int i = 0; i < 100; i++) {
            assertThat(random.nextLong()).isEqualTo(expected.nextLong());
        }
    }

    @Test
    void doublesAreBelowOne() {
        Xoshiro random = new Xoshiro(0, 0, 0, -1);
        double number = random.nextDouble();
        assertThat(number).isGreaterThanOrEqualTo(0).isLessThan(1);
        Xoshiro copy = random.copy();
        assertThat(copy.nextDouble()).isEqualTo(random.nextDouble());
    }
}
