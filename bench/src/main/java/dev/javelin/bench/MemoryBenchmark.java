package dev.javelin.bench;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
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
 * How fast memory can be read at all: the ceiling of decoding, whatever the backend. All threads add up parts of their own of
 * one piece of memory that fits no cache. Several sums at a time, so additions do not wait for each other; one thread could
 * add several times as much as memory delivers.
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
        private static final long BYTES = 1L << 30;

        private Arena arena;
        private MemorySegment all;

        /** Touches every page: before that all of them may be the same one, of zeros. */
        @Setup
        public void fill() {
            arena = Arena.ofShared();
            all = arena.allocate(BYTES, 64).fill((byte) 1);
        }

        /** Gives it back. */
        @TearDown
        public void close() {
            arena.close();
        }
    }

    /** The part of one thread. */
    @State(Scope.Thread)
    public static class Part {
        private MemorySegment memory;

        /** Parts do not overlap. */
        @Setup
        public void cut(Memory whole, ThreadParams threads) {
            long bytes = Memory.BYTES / threads.getThreadCount() / 64 * 64;
            memory = whole.all.asSlice(bytes * threads.getThreadIndex(), bytes);
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
        return sum(part.memory);
    }

    private static long sum(MemorySegment memory) {
        long sum0 = 0;
        long sum1 = 0;
        long sum2 = 0;
        long sum3 = 0;
        for (long at = 0; at < memory.byteSize(); at += 4 * Long.BYTES) {
            sum0 += memory.get(JAVA_LONG, at);
            sum1 += memory.get(JAVA_LONG, at + Long.BYTES);
            sum2 += memory.get(JAVA_LONG, at + 2 * Long.BYTES);
            sum3 += memory.get(JAVA_LONG, at + 3 * Long.BYTES);
        }
        return sum0 + sum1 + sum2 + sum3;
    }
}
