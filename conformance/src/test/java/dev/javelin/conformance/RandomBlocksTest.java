package dev.javelin.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Format;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RandomBlocksTest {

    @Test
    void weightsAreOfUsefulSizeInEveryFormat() {
        for (Format format : Axes.FORMAT.values()) {
            int count = 40 * Axes.columns(format, 1);
            byte[] bytes = RandomBlocks.of(format, count, new SplittableRandom(1));
            float[] weights = Matrix.decode(format, bytes, count);
            Set<Float> different = new HashSet<>();
            float most = 0;
            double squares = 0;
            for (float weight : weights) {
                assertThat(weight).as(format.name()).isFinite();
                most = Math.max(most, Math.abs(weight));
                squares += weight * weight;
                different.add(weight);
            }
            assertThat(most).as(format.name()).isBetween(0.4f, 40f);
            assertThat(Math.sqrt(squares / count)).as(format.name()).isBetween(0.05, 4.0);
            assertThat(different).as(format.name()).hasSizeGreaterThan(20);
        }
    }

    @Test
    void theSeedDecides() {
        byte[] one = RandomBlocks.of(Format.Q4_K, 1024, new SplittableRandom(1));
        assertThat(RandomBlocks.of(Format.Q4_K, 1024, new SplittableRandom(1))).isEqualTo(one);
        assertThat(RandomBlocks.of(Format.Q4_K, 1024, new SplittableRandom(2))).isNotEqualTo(one);
    }
}
