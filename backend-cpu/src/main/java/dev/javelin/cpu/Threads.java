package dev.javelin.cpu;

/** The threads of a device and what each of them works on. The engine closes both. */
record Threads(WorkerPool pool, Workspace workspace) implements AutoCloseable {

    /** Starts them. */
    static Threads start(String device, int count, VectorWidth width) {
        return new Threads(new WorkerPool(device, count), new Workspace(count, width));
    }

    @Override
    public void close() {
        pool.close();
        workspace.close();
    }
}
