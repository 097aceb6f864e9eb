package dev.javelin.api;

import static dev.javelin.api.StepRulesFixture.LIMITS;
import static dev.javelin.api.StepRulesFixture.STATES;
import static dev.javelin.api.StepRulesFixture.VOCABULARY;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the columns of a step hold: if the rules let it pass, no kernel leaves its tables. */
class StepRulesFuzzTest {
    private static final int ROUNDS = 20_000;
    private static final List<StepColumn> COLUMNS =
            List.copyOf(EnumSet.complementOf(EnumSet.of(StepColumn.EMBEDDINGS))); // any number will do there

    private final StepRules rules = StepRulesFixture.rules(LIMITS);

    @ParameterizedTest
    @ValueSource(longs = {1, 20, 300})
    void aStepThatPassesIsSafe(long seed) {
        Random random = new Random(seed);
        int passed = 0;
        try (Step step = new Step(LIMITS, STATES)) {
            for (int round = 0; round < ROUNDS; round++) {
                StepRulesFixture.fill(step);
                for (int hits = random.nextInt(3); hits >= 0; hits--) {
                    scribble(step, random);
                }
                if (passes(step)) {
                    passed++;
                    indexLikeAKernel(step, "seed=%d, round=%d".formatted(seed, round));
                }
            }
        }
        assertThat(passed).as("some must pass, some must not").isBetween(ROUNDS / 100, ROUNDS - ROUNDS / 100);
    }

    /** Mostly small numbers, which are nearly right. */
    private static void scribble(Step step, Random random) {
        StepColumn column = COLUMNS.get(random.nextInt(COLUMNS.size()));
        StepLayout layout = step.layout();
        long bytes = layout.rows(column) * layout.rowBytes(column);
        long at = layout.offset(column) + random.nextLong(bytes / 4) * 4;
        int value = switch (random.nextInt(4)) {
            case 0 -> random.nextInt();
            case 1 -> -random.nextInt(3);
            default -> random.nextInt(110);
        };
        step.memory().set(JAVA_INT, at, value);
    }

    private boolean passes(Step step) {
        try {
            rules.check(step);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private static void indexLikeAKernel(Step step, String round) {
        int tokens = 0;
        for (int sequence = 0; sequence < step.sequences(); sequence++) {
            int first = step.first(sequence);
            assertThat(first).as(round).isEqualTo(tokens);
            tokens += step.count(sequence);
            for (int token = first; token < tokens; token++) {
                within(round, step.sequence(token), sequence, sequence + 1);
                within(round, step.position(token), 0, Integer.MAX_VALUE);
                within(round, step.kvIndex(token), 0, LIMITS.context());
                read(step, token, round);
                for (int later = token + 1; step.tree(sequence) && later < tokens; later++) {
                    assertThat(step.visible(token, later)).as(round).isFalse();
                }
                for (int index = 0; index <= step.kvIndex(token); index++) {
                    within(round, step.block(0, sequence, index / 4), 0, 30);
                    if (step.kvIndex(token) - index < StepRulesFixture.WINDOWED.window()) {
                        within(round, step.block(2, sequence, index / 4), 0, 20);
                    }
                }
            }
        }
        assertThat(tokens).as(round).isEqualTo(step.tokens());
        for (int output = 0; output < step.outputs(); output++) {
            within(round, step.outputToken(output), 0, step.tokens());
        }
        for (int bias = 0; bias < step.biases(); bias++) {
            within(round, step.biasRow(bias), 0, step.outputs());
            within(round, step.biasToken(bias), 0, VOCABULARY - 10);
        }
    }

    private static void read(Step step, int token, String round) {
        switch (step.source(token)) {
            case ID -> within(round, step.token(token), 0, VOCABULARY);
            case FEEDBACK -> within(round, step.token(token), 0, LIMITS.outputs());
            case EMBEDDING -> within(round, step.token(token), 0, step.embeddings());
        }
    }

    private static void within(String round, int value, int from, int to) {
        assertThat(value).as(round).isGreaterThanOrEqualTo(from).isLessThanOrEqualTo(to - 1);
    }

    @Test
    void aStepThatWasNotTouchedPasses() {
        try (Step step = new Step(LIMITS, STATES)) {
            StepRulesFixture.fill(step);
            indexLikeAKernel(step, "untouched");
            assertThat(passes(step)).isTrue();
        }
    }
}
