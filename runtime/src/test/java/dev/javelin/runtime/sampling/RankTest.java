package dev.javelin.runtime.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RankTest {

    @Test
    void ranksAreInTheOrderOfFloats() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 1_000_000; i++) {
            float a = Float.intBitsToFloat(random.nextInt());
            float b = Float.intBitsToFloat(random.nextInt());
            if (Float.isNaN(a)) {
                assertThat(Rank.of(a)).isGreaterThan(Rank.INFINITE);
            } else {
                assertThat(Rank.toFloat(Rank.of(a))).isEqualTo(a);
                assertThat(Rank.of(a)).isLessThanOrEqualTo(Rank.INFINITE);
                if (!Float.isNaN(b)) {
                    assertThat(Integer.compare(Rank.of(a), Rank.of(b))).isEqualTo(Float.compare(a, b));
                }
            }
        }
        assertThat(Rank.of(Float.NEGATIVE_INFINITY)).isEqualTo(Rank.LOWEST);
        assertThat(Rank.of(Float.POSITIVE_INFINITY)).isEqualTo(Rank.INFINITE);
        assertThat(Rank.of(-0f)).isEqualTo(Rank.of(0f));
        assertThat(Rank.of(0xffff_ffff)).isGreaterThan(Rank.INFINITE);
        assertThat(Rank.of(0x7fff_ffff)).isGreaterThan(Rank.INFINITE);
        assertThat(Rank.of(0x7f80_0001)).isGreaterThan(Rank.INFINITE);
        assertThat(Rank.of(0xff80_0001)).isGreaterThan(Rank.INFINITE);
    }

    @Test
    void aBoundIsTheLeastFloatThatReachesIt() {
        assertThat(Rank.atLeast(1.0)).isEqualTo(Rank.of(1f));
        assertThat(Rank.atLeast(Math.nextUp(1.0))).isEqualTo(Rank.of(Math.nextUp(1f)));
        assertThat(Rank.atLeast(-1e300)).isEqualTo(Rank.LOWEST + 1);
        assertThat(Rank.atLeast(Double.NEGATIVE_INFINITY)).isEqualTo(Rank.LOWEST + 1);
        assertThat(Rank.of(-Float.MAX_VALUE)).isEqualTo(Rank.LOWEST + 1);
    }
}
