package dev.javelin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Writing and checking steps makes no garbage. */
class StepAllocationTest {
    private static final int WARM_UP = 3_000;
    private static final int RUNS = 1_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long bytesOf(Runnable work) {
        for (int i = 0; i < WARM_UP; i++) {
            work.run();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < RUNS; i++) {
            work.run();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** All that a step may carry, without a list of tokens to remember. */
    private static void write(Step step) {
        step.clear();
        for (int sequence = 0; sequence < 3; sequence++) {
            step.addSequence();
            for (int i = 0; i < 2; i++) {
                step.setBlock(0, i, sequence * 10 + i);
                step.setBlock(2, i, i);
            }
            for (int i = 0; i < 6; i++) {
                step.addToken(i, i, i);
            }
            step.addFeedback(1, 6, 6);
            step.addEmbedding(7, 7);
            step.tree();
            step.see(step.tokens() - 1, step.tokens() - 3);
            int output = step.addOutput(step.tokens() - 1, Want.ID.bit());
            step.mask(output);
            step.allow(output, 77);
            step.bias(output, 5, 1);
        }
    }

    @Test
    void writingAndCheckingAllocateNothing() {
        StepRules rules = StepRulesFixture.rules(StepRulesFixture.LIMITS);
        StateSpec equalButNotTheSame = StepRulesFixture.states(4, 30, 20);
        try (Step step = new Step(StepRulesFixture.LIMITS, equalButNotTheSame)) {
            long bytes = bytesOf(() -> {
                write(step);
                rules.check(step);
            });
            assertThat(bytes).isLessThan(RUNS); // less than a byte a run, so no object in any of them
        }
    }
}
