package dev.javelin.kernels.gpu;

import dev.javelin.api.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that bring tiles into their form, for as long as weights are being placed. */
final class Repacking implements AutoCloseable {
    private static final int MOST_THREADS = 16;
    private static final long WORTH_THREADS = 1 << 19;

    private final int count = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
    private final ExecutorService threads = Executors.newFixedThreadPool(
            count, Thread.ofPlatform().daemon().name("javelin-repack-", 0).factory());

    /** Writes the tiles from {@code from} up to {@code to} and waits for it. */
    void write(Tiling tiling, Tensor tensor, long from, long to, List<MemorySegment> planes) {
        if ((to - from) * tiling.tileBytes() < WORTH_THREADS) {
            for (long tile = from; tile < to; tile++) {
                tiling.write(tensor, tile, from, planes);
            }
            return;
        }
        AtomicLong next = new AtomicLong(from);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < Math.min(count, to - from); i++) {
            all.add(threads.submit(() -> {
                for (long tile = next.getAndIncrement(); tile < to; tile = next.getAndIncrement()) {
                    tiling.write(tensor, tile, from, planes);
                }
            }));
        }
        boolean interrupted = false;
        Throwable failure = null;
        for (Future<?> one : all) {
            while (true) {
                try {
                    one.get();
                } catch (InterruptedException deferred) { // what writes to the planes must have ended
                    interrupted = true;
                    continue;
                } catch (ExecutionException failed) {
                    failure = failed.getCause();
                }
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        switch (failure) {
            case null -> {}
            case RuntimeException cause -> throw cause;
            case Error cause -> throw cause;
            default -> throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
