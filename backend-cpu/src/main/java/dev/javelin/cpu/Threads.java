package dev.javelin.cpu;

/** The threads of a device and what each of them works on. The engine closes both. */
record Threads(WorkerPool pool, Workspace workspace) implements AutoCloseable {

    /** Starts them. */
    static Threads start(String device, int count, VectorWidth width) {
        Workspace workspace = new Workspace(count, width);
        try {
            return new Threads(new WorkerPool(device, count), workspace);
        } catch (Throwable failed) {
            workspace.close();
            throw failed;
        }
    }

    @Override
    public void close() {
        pool.close();
        workspace.close();
    }
}
