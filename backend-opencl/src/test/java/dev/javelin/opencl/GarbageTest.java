package dev.javelin.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.javelin.api.Device;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * After a warm-up 500 runs of a plan, with waiting for them, allocate less than 1 KB in all on the caller's thread; nothing says
 * when the JIT has ended, so it is tried in rounds.
 */
class GarbageTest {
    private static final int RUNS = 500;
    private static final int MOST_ROUNDS = 30;
    private static final long PROMISED_BYTES = 1 << 10;
    private static final ThreadMXBean ALLOCATIONS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftAfterAWarmUp(Bindings binding) {
        try (Device device = Found.open(Found.require(binding));
                SmallProgram program = new SmallProgram(device, false)) {
            long left = Long.MAX_VALUE;
            for (int round = 0; round < MOST_ROUNDS && left >= PROMISED_BYTES; round++) {
                left = round(program);
            }
            assertThat(left).as("bytes of %d runs", RUNS).isLessThan(PROMISED_BYTES);
        }
    }

    private static long round(SmallProgram program) {
        long before = ALLOCATIONS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < RUNS; i++) {
            program.fill();
            program.plan.run(program.step).await();
        }
        return ALLOCATIONS.getCurrentThreadAllocatedBytes() - before;
    }
}
