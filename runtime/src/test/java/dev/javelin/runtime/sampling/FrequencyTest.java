package dev.javelin.runtime.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tokens are drawn as often as their probabilities say: Pearson's chi-square test. */
class FrequencyTest {

    private static final int DRAWS = 100_000;

    /** So many standard deviations above the mean are a chance of one in a million. */
    private static final double SIGMAS = 5;

    @TestFactory
    Stream<DynamicTest> frequenciesFollowProbabilities() {
        List<DynamicTest> tests = new ArrayList<>();
        for (long seed = 1; seed <= 3; seed++) {
            SamplingOptions plain = SamplingOptions.PLAIN.with().seed(seed).build();
            tests.add(test("all", plain, seed));
            tests.add(test("hot", plain.with().temperature(2).build(), seed));
            tests.add(test("cold", plain.with().temperature(0.3).build(), seed));
            tests.add(test("top-k", plain.with().topK(20).build(), seed));
            tests.add(test("top-p", plain.with().topP(0.7).build(), seed));
            tests.add(test("typical", plain.with().typicalP(0.6).build(), seed));
            tests.add(
                    test("defaults", SamplingOptions.DEFAULTS.with().seed(seed).build(), seed));
        }
        return tests.stream();
    }

    private static DynamicTest test(String name, SamplingOptions options, long seed) {
        return DynamicTest.dynamicTest(name + ", seed " + seed, () -> {
            float[] logits = SamplerTest.logits(seed, 700);
            Sampler sampler = new Sampler(options, logits.length);
            Distribution distribution = sampler.distribution(logits);
            int[] drawn = new int[logits.length];
            for (int i = 0; i < DRAWS; i++) {
                drawn[sampler.next(logits)]++;
            }
            double chiSquare = 0;
            double restExpected = 0;
            double restDrawn = DRAWS;
            int cells = 0;
            for (int i = 0; i < distribution.size(); i++) {
                double expected = distribution.probability(i) * DRAWS;
                if (expected < 10) {
                    restExpected += expected;
                    continue;
                }
                int observed = drawn[distribution.token(i)];
                chiSquare += (observed - expected) * (observed - expected) / expected;
                restDrawn -= observed;
                cells++;
            }
            if (restExpected >= 10) {
                chiSquare += (restDrawn - restExpected) * (restDrawn - restExpected) / restExpected;
                cells++;
            }
            int freedom = cells - 1;
            assertThat(freedom).isPositive();
            assertThat(chiSquare).isLessThan(freedom + SIGMAS * Math.sqrt(2.0 * freedom));
            // far too good is not random either
            assertThat(chiSquare).isGreaterThan(freedom - SIGMAS * Math.sqrt(2.0 * freedom));
        });
    }
}
