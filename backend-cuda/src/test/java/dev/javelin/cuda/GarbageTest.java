package dev.javelin.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.javelin.api.Device;
import dev.javelin.api.Want;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * After a warm-up 500 runs of a plan, with waiting for them, allocate less than 1 KB in all on the caller's thread, recorded or
 * launched piece by piece; nothing says when the JIT has ended, so it is tried in rounds.
 */
class GarbageTest {
    private static final int RUNS = 500;
    private static final int MOST_ROUNDS = 30;
    private static final long PROMISED_BYTES = 1 << 10;
    private static final ThreadMXBean ALLOCATIONS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @ValueSource(ints = {1, SmallProgram.MOST_TOKENS})
    void nothingIsLeftAfterAWarmUp(int tokens) {
        try (Device device = Fakes.open(new FakeCuda(1), 0);
                SmallProgram program = new SmallProgram(device)) {
            long left = Long.MAX_VALUE;
            for (int round = 0; round < MOST_ROUNDS && left >= PROMISED_BYTES; round++) {
                left = round(program, tokens);
            }
            assertThat(left).as("bytes of %d runs", RUNS).isLessThan(PROMISED_BYTES);
        }
    }

    private static long round(SmallProgram program, int tokens) {
        long before = ALLOCATIONS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < RUNS; i++) {
            program.step.clear();
            program.step.addSequence();
            program.step.setBlock(0, 0, 1);
            for (int token = 0; token < tokens; token++) {
                program.step.addToken(token % 40, token, token);
            }
            program.step.addOutput(tokens - 1, Want.ID.bit());
            program.plan.run(program.step).await();
        }
        return ALLOCATIONS.getCurrentThreadAllocatedBytes() - before;
    }
}
