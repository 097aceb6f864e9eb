package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.Step;
import dev.javelin.api.TopK;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;

/** {@link TopK}. */
final class CpuTopK extends RowKernel {
    private final MemorySegment ids;
    private final Floats values;
    private final Choices choices;
    private final PerWorker<Largest> largest;

    CpuTopK(TopK op, PlanMemory<Placed> memory, Threads threads) {
        super(threads, op.x(), 4L * op.x().width());
        this.ids = memory.of(op.ids());
        this.values = Floats.of(op.values(), memory);
        this.choices = new Choices(op.x(), 0, memory, threads);
        this.largest = new PerWorker<>(threads, () -> new Largest(op.k()));
    }

    @Override
    void row(Step now, int row, Workspace.Worker worker) {
        float[] numbers = worker.floats();
        choices.read(now, row, numbers);
        int[] chosen = largest.of(worker).choose(numbers, choices.width());
        for (int i = 0; i < chosen.length; i++) {
            ids.setAtIndex(JAVA_INT, (long) row * chosen.length + i, chosen[i]);
            values.set(row, i, Largest.number(numbers[chosen[i]]));
        }
    }
}
