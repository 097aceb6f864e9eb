package dev.javelin.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.javelin.api.Device;
import dev.javelin.api.Format;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * After a warm-up 1,000 runs of a plan allocate less than 1 KB in all, on the caller's thread and on those of the pool,
 * whatever the program.
 *
 * <p>The JIT compiles when it likes, so nothing says when the warm-up has ended. All programs run in rounds, until each of
 * them has kept the promise in one and the same round.
 *
 * <p>All widths run in one JVM, one after the other: what one leaves in profiles must not make another allocate.
 *
 * <p>Rounds without a pause between them: while one program runs, the JIT compiles for others.
 */
final class GarbageTest {
    private static final int RUNS = 1_000;
    private static final long PROMISED_BYTES = 1 << 10;

    /** Where the promise is kept two to six are enough. */
    private static final int MOST_ROUNDS = 30;

    private static final int THREADS = 2;
    private static final ThreadMXBean ALLOCATIONS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<VectorWidth> widths() {
        return Stream.of(VectorWidth.values()).filter(CpuDevice::has);
    }

    @ParameterizedTest
    @MethodSource("widths")
    void nothingIsLeftAfterAWarmUp(VectorWidth width) {
        try (Device device = Rig.open(width, THREADS)) {
            long worker = workerId();
            List<QuietRun> all = QuietRuns.all(device, formats(width));
            List<String> loud = round(all, worker);
            for (int round = 1; round < MOST_ROUNDS && !loud.isEmpty(); round++) {
                loud = round(all, worker);
            }
            assertThat(loud).as("what still allocates").isEmpty();
            all.forEach(QuietRun::close);
        }
    }

    /** All formats at one width, elsewhere those that have code for it, and one that stands for the others. */
    private static List<Format> formats(VectorWidth width) {
        return Stream.of(Format.values())
                .filter(format -> switch (format) {
                    case F64, I8, I16, I32, I64 -> false; // storage only
                    case IQ3_S -> true;
                    default -> width == VectorWidth.BITS_128 || QuietRuns.hasPanels(format);
                })
                .toList();
    }

    /** What broke the promise, with the bytes. */
    private static List<String> round(List<QuietRun> all, long worker) {
        List<String> loud = new ArrayList<>();
        for (QuietRun run : all) {
            long bytes = left(run, worker);
            if (bytes >= PROMISED_BYTES) {
                loud.add("%s: %d bytes in %d runs".formatted(run.name(), bytes, RUNS));
            }
        }
        return loud;
    }

    private static long left(QuietRun run, long worker) {
        long others = ALLOCATIONS.getThreadAllocatedBytes(worker);
        long own = ALLOCATIONS.getCurrentThreadAllocatedBytes(); // asked last and first: asking for others allocates
        for (int i = 0; i < RUNS; i++) {
            run.once(i);
        }
        own = ALLOCATIONS.getCurrentThreadAllocatedBytes() - own;
        return own + ALLOCATIONS.getThreadAllocatedBytes(worker) - others;
    }

    private static long workerId() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("javelin-" + Rig.INFO.id() + "-1"))
                .mapToLong(Thread::threadId)
                .findFirst()
                .orElseThrow();
    }
}
