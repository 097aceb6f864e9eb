package dev.javelin.bench;

import dev.javelin.runtime.sampling.Sampler;
import dev.javelin.runtime.sampling.SamplingOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** From the logits of a vocabulary, in memory outside the heap as a plan leaves them, to a token. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SamplerBenchmark {

    /** As many vectors of logits as do not fit into the cache of one core. */
    private static final int VECTORS = 8;

    /** What is asked of the sampler. */
    public enum Chain {
        /** The most probable token. */
        GREEDY,
        /** Top-k 40, top-p 0.95, min-p 0.05, temperature 0.8. */
        DEFAULTS,
        /** The defaults and penalties over the last 64 tokens. */
        PENALTIES,
        /** The defaults and penalties, top-n-sigma and typical. */
        FULL,
        /** The defaults and the probabilities of the chosen and of the 20 most probable tokens. */
        LOGPROBS,
        /** Top-p 0.95 alone. */
        TOP_P,
        /** Top-p 0.95 alone, and ten thousands of tokens to keep. */
        TOP_P_FLAT,
        /** Min-p 0.05 alone. */
        MIN_P,
        /** Temperature 0.8 alone. */
        TEMPERATURE;

        private SamplingOptions options() {
            SamplingOptions defaults = SamplingOptions.DEFAULTS;
            SamplingOptions plain = SamplingOptions.PLAIN;
            SamplingOptions penalties = defaults.with()
                    .repeatPenalty(1.1)
                    .frequencyPenalty(0.1)
                    .presencePenalty(0.1)
                    .build();
            return switch (this) {
                case GREEDY -> SamplingOptions.GREEDY;
                case DEFAULTS -> defaults;
                case PENALTIES -> penalties;
                case FULL -> penalties.with().topNSigma(3).typicalP(0.95).build();
                case LOGPROBS -> defaults.with().logprobs(20).build();
                case TOP_P, TOP_P_FLAT -> plain.with().topP(0.95).build();
                case MIN_P -> plain.with().minP(0.05).build();
                case TEMPERATURE -> plain.with().temperature(0.8).build();
            };
        }
    }

    /** The chain. */
    @Param({"GREEDY", "DEFAULTS", "PENALTIES", "FULL", "LOGPROBS", "TOP_P", "TOP_P_FLAT", "MIN_P", "TEMPERATURE"})
    public Chain chain;

    /** How many tokens there are. */
    @Param("151936")
    public int vocabulary;

    private final Arena arena = Arena.ofShared();
    private MemorySegment logits;
    private Sampler sampler;
    private int step;

    /** Logits in a bell, and some far above, as language models give them. */
    @Setup
    public void fill() {
        SplittableRandom random = new SplittableRandom(1);
        logits = arena.allocate((long) VECTORS * vocabulary * Float.BYTES, 64);
        for (int i = 0; i < VECTORS * vocabulary; i++) {
            double tail = chain != Chain.TOP_P_FLAT && random.nextInt(2000) == 0 ? random.nextDouble() * 20 : 0;
            logits.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (random.nextGaussian() * 2.5 + tail));
        }
        sampler = new Sampler(chain.options().with().seed(1).build(), vocabulary);
    }

    /** One token. */
    @Benchmark
    public int next() {
        step = (step + 1) % VECTORS;
        return sampler.next(logits, step);
    }

    /** Gives the logits back. */
    @TearDown
    public void close() {
        arena.close();
    }
}
