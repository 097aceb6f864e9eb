package dev.javelin.runtime.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Nothing is allocated per token. */
class AllocationTest {

    private static final int VOCABULARY = 150_000;
    private static final int TOKENS = 1000;
    private static final int MOST_BYTES = 1024;
    private static final int VECTORS = 4;

    @TestFactory
    Stream<DynamicTest> aThousandTokensAllocateNothing() {
        return Map.of(
                        "greedy", SamplingOptions.GREEDY,
                        "defaults", SamplingOptions.DEFAULTS,
                        "large top-k", SamplingOptions.PLAIN.with().topK(5000).build(),
                        "top-p alone", SamplingOptions.PLAIN.with().topP(0.9).build(),
                        "typical alone",
                                SamplingOptions.PLAIN
                                        .with()
                                        .typicalP(0.9)
                                        .minKeep(3)
                                        .build(),
                        "temperature alone",
                                SamplingOptions.PLAIN.with().temperature(1.3).build(),
                        "all",
                                SamplingOptions.DEFAULTS
                                        .with()
                                        .topNSigma(3)
                                        .typicalP(0.95)
                                        .repeatPenalty(1.1)
                                        .presencePenalty(0.1)
                                        .frequencyPenalty(0.1)
                                        .logitBias(Map.of(3, 5.0, 7, Double.NEGATIVE_INFINITY))
                                        .logprobs(20)
                                        .build(),
                        "penalties over all tokens",
                                SamplingOptions.DEFAULTS
                                        .with()
                                        .repeatPenalty(1.1)
                                        .penaltyLastN(-1)
                                        .build())
                .entrySet()
                .stream()
                .map(options -> DynamicTest.dynamicTest(options.getKey(), () -> measure(options.getValue())));
    }

    private static void measure(SamplingOptions options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rows = arena.allocate((long) VECTORS * VOCABULARY * Float.BYTES, 64);
            float[] array = new float[VOCABULARY];
            Random random = new Random(5);
            for (int i = 0; i < VECTORS * VOCABULARY; i++) {
                float logit = (float) (random.nextGaussian() * 3);
                rows.setAtIndex(ValueLayout.JAVA_FLOAT, i, logit);
                array[i % VOCABULARY] = logit;
            }
            Sampler sampler = new Sampler(options.with().seed(1).build(), VOCABULARY);
            sample(sampler, rows, array, TOKENS / 2);
            long bytes = allocated(sampler, rows, array);
            if (bytes >= MOST_BYTES) {
                // the first measurement may have seen what the JIT had not compiled yet
                bytes = allocated(sampler, rows, array);
            }
            assertThat(bytes).isLessThan(MOST_BYTES);
        }
    }

    private static long allocated(Sampler sampler, MemorySegment rows, float[] array) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        long before = threads.getThreadAllocatedBytes(thread);
        sample(sampler, rows, array, TOKENS);
        return threads.getThreadAllocatedBytes(thread) - before;
    }

    private static void sample(Sampler sampler, MemorySegment rows, float[] array, int tokens) {
        for (int i = 0; i < tokens; i++) {
            if (i % 8 == 0) {
                sampler.next(array);
            } else {
                sampler.next(rows, i % VECTORS);
            }
        }
    }
}
