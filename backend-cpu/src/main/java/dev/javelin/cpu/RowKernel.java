package dev.javelin.cpu;

import dev.javelin.api.Step;
import dev.javelin.api.Value;
import dev.javelin.kernels.host.Kernel;
import org.jspecify.annotations.Nullable;

/** An operation that does one row after the other, shared among the threads where that pays. */
abstract class RowKernel implements Kernel, WorkerPool.Task {
    /** Work below this is not worth sharing; about one microsecond of simple arithmetic. */
    private static final int ELEMENTS_PER_ITEM = 8192;

    private final Threads threads;
    private final Value rowsOf;
    private final int rowsPerRow;
    private final int rowsPerItem;
    private int rows;
    private @Nullable Step step;

    /** One row for each row of a value; {@code work} tells how much work a row is, in elements. */
    RowKernel(Threads threads, Value rowsOf, long work) {
        this(threads, rowsOf, 1, work);
    }

    /** So many rows for each row of a value. */
    RowKernel(Threads threads, Value rowsOf, int rowsPerRow, long work) {
        this.threads = threads;
        this.rowsOf = rowsOf;
        this.rowsPerRow = rowsPerRow;
        this.rowsPerItem = (int) Math.max(1, ELEMENTS_PER_ITEM / work);
    }

    /** Does one row; different rows at the same time on different threads. */
    abstract void row(Step now, int row, Workspace.Worker worker);

    /** Called once, on one thread, before the rows of a step. */
    void begin(Step now) {}

    @Override
    public final void run(Step now) {
        begin(now);
        step = now;
        rows = rowsOf.rows().in(now) * rowsPerRow;
        threads.pool().run(this, Math.ceilDiv(rows, rowsPerItem));
        step = null;
    }

    @Override
    public final void run(int item, int worker) {
        Step now = step;
        if (now != null) {
            Workspace.Worker own = threads.workspace().worker(worker);
            for (int row = item * rowsPerItem; row < Math.min(rows, (item + 1) * rowsPerItem); row++) {
                row(now, row, own);
            }
        }
    }
}
