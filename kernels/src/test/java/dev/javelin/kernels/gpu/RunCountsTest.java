package dev.javelin.kernels.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Dim;
import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Limits;
import dev.javelin.api.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which counts serve a step, and which launches belong to them. */
class RunCountsTest {
    private static final Limits LIMITS = new Limits(50, 1, 1, 64);

    private static RunCounts of(int tokens, boolean rounded) {
        RunCounts counts = new RunCounts();
        try (Step step = new Step(LIMITS)) {
            step.addSequence();
            for (int i = 0; i < tokens; i++) {
                step.addToken(i, i, i);
            }
            if (rounded) {
                counts.round(step, LIMITS);
            } else {
                counts.set(step);
            }
        }
        return counts;
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 2, 2", "3, 3, 4", "4, 3, 4", "5, 5, 8", "8, 5, 8", "9, 9, 16", "33, 33, 50", "50, 33, 50"
    })
    void aStepIsServedByTheNextPowerOfTwo(int tokens, int fewest, int most) {
        RunCounts counts = of(tokens, true);
        assertThat(counts.fewest(Symbol.TOKENS)).isEqualTo(fewest);
        assertThat(counts.most(Symbol.TOKENS)).isEqualTo(most);
        assertThat(counts.most(Symbol.OUTPUTS)).isZero();
        assertThat(counts.fewest(new Dim.Fixed(7))).isEqualTo(7);
    }

    @Test
    void stepsShareAKeyIfTheSameCountsServeThem() {
        for (int one = 1; one <= LIMITS.tokens(); one++) {
            for (int other = 1; other <= LIMITS.tokens(); other++) {
                boolean same =
                        of(one, true).most(Symbol.TOKENS) == of(other, true).most(Symbol.TOKENS);
                assertThat(of(one, true).key() == of(other, true).key())
                        .as("%d and %d", one, other)
                        .isEqualTo(same);
            }
        }
    }

    @Test
    void whatIsNotRoundedIsTheStepsOwn() {
        assertThat(of(5, false).fewest(Symbol.TOKENS)).isEqualTo(5);
        assertThat(of(5, false).most(Symbol.TOKENS)).isEqualTo(5);
    }

    @Test
    void aLaunchBelongsToTheStepsItsSpanMeets() {
        Span several = Span.from(Symbol.TOKENS, 2);
        Span one = Span.one(Symbol.TOKENS);
        Span seven = new Span(Symbol.TOKENS, 7, 7);
        assertThat(meets(several, 1)).isFalse();
        assertThat(meets(several, 2)).isTrue();
        assertThat(meets(one, 1)).isTrue();
        assertThat(meets(one, 2)).isFalse();
        assertThat(meets(seven, 5)).as("7 is served by the same counts").isTrue();
        assertThat(meets(seven, 4)).isFalse();
        assertThat(meets(seven, 9)).isFalse();
        assertThat(meets(Span.ALWAYS, 50)).isTrue();
    }

    private static boolean meets(Span span, int tokens) {
        RunCounts counts = of(tokens, true);
        return span.meets(counts.fewest(span.count()), counts.most(span.count()));
    }
}
