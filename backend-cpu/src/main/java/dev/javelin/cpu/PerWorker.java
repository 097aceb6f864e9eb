package dev.javelin.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One thing of a kind for each worker, made beforehand. */
final class PerWorker<T> {
    private final List<T> things = new ArrayList<>();

    PerWorker(Threads threads, Supplier<T> make) {
        for (int i = 0; i < threads.pool().threads(); i++) {
            things.add(make.get());
        }
    }

    T of(Workspace.Worker worker) {
        return things.get(worker.number());
    }
}
