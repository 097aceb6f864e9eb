package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.ArgMax;
import dev.javelin.api.Step;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;

/** {@link ArgMax}. */
final class CpuArgMax extends RowKernel {
    private final MemorySegment out;
    private final Choices choices;

    CpuArgMax(ArgMax op, PlanMemory<Placed> memory, Threads threads) {
        super(threads, op.x(), op.x().width());
        this.out = memory.of(op.out());
        this.choices = new Choices(op.x(), 0, memory, threads);
    }

    @Override
    void row(Step now, int row, Workspace.Worker worker) {
        choices.read(now, row, worker.floats());
        out.setAtIndex(JAVA_INT, row, largest(worker.floats(), choices.width()));
    }

    private static int largest(float[] numbers, int count) {
        int first = 0;
        while (first < count && Float.isNaN(numbers[first])) {
            first++;
        }
        int largest = first < count ? first : 0;
        for (int i = first + 1; i < count; i++) {
            if (numbers[i] > numbers[largest]) { // false for NaN
                largest = i;
            }
        }
        return largest;
    }
}
