package dev.javelin.bench;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory that threads read as fast as it can be read, parts of their own each. It is more than fits any cache, and every page of
 * it has been touched: before that all of them may be the same one, of zeros. Whoever opens it closes it.
 */
final class MemoryReading implements AutoCloseable {
    static final long BYTES = 1L << 30;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment all = arena.allocate(BYTES, 64).fill((byte) 1);

    /** The part of one of so many readers. */
    MemorySegment part(int reader, int readers) {
        long bytes = BYTES / readers / 64 * 64;
        return all.asSlice(bytes * reader, bytes);
    }

    /** Several sums at a time, so that additions do not wait for each other: one thread can add more than memory delivers. */
    static long sum(MemorySegment memory) {
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

    /** Bytes per second that so many threads read together. */
    double rate(int threads) throws InterruptedException {
        long[] sums = new long[threads];
        List<Thread> readers = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < threads; i++) {
            int reader = i;
            readers.add(Thread.ofPlatform().start(() -> sums[reader] = sum(part(reader, threads))));
        }
        for (Thread reader : readers) {
            reader.join();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        for (long sum : sums) {
            if (sum == 0) { // which also keeps the compiler from leaving the sums out
                throw new IllegalStateException("the memory holds ones");
            }
        }
        return threads * part(0, threads).byteSize() / seconds;
    }

    @Override
    public void close() {
        arena.close();
    }
}
