package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.javelin.api.AddRmsNorm;
import dev.javelin.api.Binary;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Step;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** {@link RmsNorm}, and {@link AddRmsNorm}, which adds a row just before it is read: one barrier less, the same numbers. */
final class CpuRmsNorm extends RowKernel {
    private final Floats x;
    private final Floats out;
    private final MemorySegment weight;
    private final int size;
    private final float eps;
    private final @Nullable Floats a;
    private final @Nullable Floats b;
    private final boolean broadcast; // one row of b for all

    CpuRmsNorm(RmsNorm op, PlanMemory<Placed> memory, Threads threads) {
        this(op, null, memory, threads);
    }

    CpuRmsNorm(AddRmsNorm op, PlanMemory<Placed> memory, Threads threads) {
        this(op.norm(), op, memory, threads);
    }

    private CpuRmsNorm(RmsNorm op, @Nullable AddRmsNorm fused, PlanMemory<Placed> memory, Threads threads) {
        super(threads, op.x(), op.x().width());
        this.x = Floats.of(op.x(), memory);
        this.out = Floats.of(op.out(), memory);
        this.weight = memory.weight(op.weight()).vector();
        this.size = op.weight().width();
        this.eps = op.eps();
        this.a = fused == null ? null : Floats.of(fused.sum().a(), memory);
        this.b = fused == null ? null : addend(fused.sum(), memory);
        this.broadcast = fused != null && fused.sum().broadcast();
    }

    private static Floats addend(Binary sum, PlanMemory<Placed> memory) {
        return sum.broadcast()
                ? new Floats(memory.weight(sum.b()).vector(), sum.b().width())
                : Floats.of(sum.b(), memory);
    }

    @Override
    void row(Step now, int row, Workspace.Worker worker) {
        if (a != null && b != null) {
            add(a, b, row);
        }
        for (int group = 0; group < x.width(); group += size) {
            normalise(x.at(row, group), out.at(row, group));
        }
    }

    private void add(Floats first, Floats second, int row) {
        int secondRow = broadcast ? 0 : row;
        for (int i = 0; i < x.width(); i++) {
            x.set(row, i, first.get(row, i) + second.get(secondRow, i));
        }
    }

    private void normalise(long from, long to) {
        double factor = 1 / Math.sqrt(squares(from) / size + eps); // beyond floats where a row is tiny and eps is zero
        for (int i = 0; i < size; i++) {
            long along = (long) i * Float.BYTES;
            float normal = (float) (x.memory().get(JAVA_FLOAT, from + along) * factor);
            out.memory().set(JAVA_FLOAT, to + along, normal * weight.get(JAVA_FLOAT, along));
        }
    }

    /** In double, which nothing overflows; four sums, because each has to wait for itself. */
    private double squares(long from) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i <= size - 4; i += 4) {
            sum0 += square(from, i);
            sum1 += square(from, i + 1);
            sum2 += square(from, i + 2);
            sum3 += square(from, i + 3);
        }
        for (; i < size; i++) {
            sum0 += square(from, i);
        }
        return sum0 + sum1 + (sum2 + sum3);
    }

    private double square(long from, int i) {
        double value = x.memory().get(JAVA_FLOAT, from + (long) i * Float.BYTES);
        return value * value;
    }
}
