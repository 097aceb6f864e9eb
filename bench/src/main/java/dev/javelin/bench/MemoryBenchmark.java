package dev.javelin.bench;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * How fast memory can be read at all: the ceiling of decoding, whatever the backend. See {@link MemoryReading}.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MemoryBenchmark {

    /** What is read, the same for all threads. */
    @State(Scope.Benchmark)
    public static class Memory {
        private MemoryReading all;

        /** Takes it. */
        @Setup
        public void fill() {
            all = new MemoryReading();
        }

        /** Gives it back. */
        @TearDown
        public void close() {
            all.close();
        }
    }

    /** The part of one thread. */
    @State(Scope.Thread)
    public static class Part {
        private MemorySegment memory;

        /** Parts do not overlap. */
        @Setup
        public void cut(Memory whole, ThreadParams threads) {
            memory = whole.all.part(threads.getThreadIndex(), threads.getThreadCount());
        }
    }

    /** With one thread. */
    @Benchmark
    @Threads(1)
    public long readAlone(Part part, Rates rates) {
        return read(part, rates);
    }

    /** With as many threads as there are processors; {@code -t} takes another number. */
    @Benchmark
    @Threads(Threads.MAX)
    public long readTogether(Part part, Rates rates) {
        return read(part, rates);
    }

    private static long read(Part part, Rates rates) {
        rates.weightGigabytes += part.memory.byteSize() / 1e9;
        return MemoryReading.sum(part.memory);
    }
}
