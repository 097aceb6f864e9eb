package dev.javelin.runtime.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The sampler against a plain implementation of the same chain. */
class OracleTest {

    private static final int CASES = 8_000;

    @Test
    void distributionsEqualThoseOfThePlainImplementation() {
        int compared = 0;
        int banned = 0;
        for (long seed = 0; seed < CASES; seed++) {
            RandomCases cases = new RandomCases(new SplittableRandom(seed));
            float[] logits = cases.logits();
            SamplingOptions options = cases.options(logits.length);
            List<Integer> history = cases.history(logits.length);
            String context = "seed " + seed + " " + options + " vocabulary " + logits.length;
            Sampler sampler = new Sampler(options, logits.length);
            history.forEach(sampler::accept);
            if (bansAll(logits, options)) {
                assertThatThrownBy(() -> sampler.distribution(logits))
                        .as(context)
                        .isInstanceOf(InvalidLogitsException.class)
                        .hasMessageContaining("logitBias");
                banned++;
                continue;
            }
            Oracle oracle = new Oracle(options);
            List<Oracle.Item> expected = oracle.filter(logits, history);
            Distribution actual = sampler.distribution(logits);
            if (oracle.close()) {
                continue;
            }
            compared++;
            assertEqual(context, actual, expected, oracle.probabilities(expected));
            int token = sampler.next(logits);
            assertThat(expected).as(context).extracting(Oracle.Item::id).contains(token);
        }
        System.out.printf(Locale.ROOT, "sampling against the plain implementation: %d of %d%n", compared, CASES);
        assertThat(compared).isGreaterThan(CASES * 8 / 10);
        assertThat(banned).isPositive();
    }

    private static void assertEqual(
            String context, Distribution actual, List<Oracle.Item> expected, double[] probabilities) {
        assertThat(actual.size()).as(context).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
            if (actual.token(i) != expected.get(i).id()
                    || !(Math.abs(actual.probability(i) - probabilities[i]) <= 1e-12)) {
                assertThat(actual.token(i) + " " + actual.probability(i))
                        .as("%s, place %d", context, i)
                        .isEqualTo(expected.get(i).id() + " " + probabilities[i]);
            }
        }
    }

    private static boolean bansAll(float[] logits, SamplingOptions options) {
        for (int i = 0; i < logits.length; i++) {
            boolean banned = options.logitBias().getOrDefault(i, 0.0) == Double.NEGATIVE_INFINITY;
            if (!banned && logits[i] != Float.NEGATIVE_INFINITY) {
                return false;
            }
        }
        return true;
    }
}
