package dev.javelin.cuda.ptx;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Host threads that run blocks beside the one that launches. Whoever opened it closes it. */
public final class Workers implements AutoCloseable {
    private final int count;
    private final ExecutorService others;

    public Workers(int count) {
        this.count = count;
        this.others = Executors.newFixedThreadPool(
                Math.max(1, count - 1),
                Thread.ofPlatform().daemon().name("simulated-gpu-", 0).factory());
    }

    /** Runs it once on each thread. It must not throw. */
    void each(IntConsumer work) {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            int worker = i;
            running.add(others.submit(() -> work.accept(worker)));
        }
        work.accept(0);
        for (Future<?> one : running) {
            await(one);
        }
    }

    private static void await(Future<?> one) {
        boolean interrupted = false;
        while (true) {
            try {
                one.get();
                break;
            } catch (InterruptedException again) {
                interrupted = true;
            } catch (ExecutionException unexpected) {
                throw new IllegalStateException(unexpected.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        others.shutdownNow();
    }
}
