package dev.javelin.runtime.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class SelectionTest {

    @Test
    void theLastOfTheBestIsThatOfASort() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int size = 1 + random.nextInt(5000);
            int distinct = 1 + random.nextInt(random.nextBoolean() ? 5 : 10_000);
            long[] keys = new long[size];
            for (int i = 0; i < size; i++) {
                keys[i] = Key.of(Rank.of(random.nextInt(distinct) - distinct / 2f), i);
            }
            long[] before = keys.clone();
            long[] sorted = keys.clone();
            Arrays.sort(sorted);
            int k = 1 + random.nextInt(size);
            Selection selection = new Selection(size);
            assertThat(selection.count(k).find(keys, size)).isTrue();
            assertThat(selection.last()).as("seed %d", seed).isEqualTo(sorted[size - k]);
            assertThat(selection.count(size + 1).find(keys, size)).isFalse();
            assertThat(keys).isEqualTo(before);
        }
    }

    @Test
    void equalLogitsTakeNoLonger() {
        int size = 150_000;
        Sampler sampler = new Sampler(
                SamplingOptions.PLAIN
                        .with()
                        .typicalP(0.5)
                        .topP(0.5)
                        .minKeep(1000)
                        .topK(100_000)
                        .build(),
                size);
        float[] equal = new float[size];
        Distribution distribution = Assertions.assertTimeout(Duration.ofSeconds(2), () -> sampler.distribution(equal));
        // half of 100,000 and then one, for typical wants more than half; half of those
        assertThat(distribution.size()).isEqualTo(25_001);
        for (int i = 0; i < distribution.size(); i++) {
            assertThat(distribution.token(i)).isEqualTo(i);
        }
    }
}
