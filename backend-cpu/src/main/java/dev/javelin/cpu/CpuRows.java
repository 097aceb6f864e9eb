package dev.javelin.cpu;

import dev.javelin.api.Rows;
import dev.javelin.api.Step;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;

/** {@link Rows}. */
final class CpuRows extends RowKernel {
    private final Floats x;
    private final Floats out;

    CpuRows(Rows op, PlanMemory<Placed> memory, Threads threads) {
        super(threads, op.out(), op.out().width());
        this.x = Floats.of(op.x(), memory);
        this.out = Floats.of(op.out(), memory);
    }

    @Override
    void row(Step now, int row, Workspace.Worker worker) {
        long bytes = (long) out.width() * Float.BYTES;
        MemorySegment.copy(x.memory(), x.at(now.outputToken(row), 0), out.memory(), out.at(row, 0), bytes);
    }
}
