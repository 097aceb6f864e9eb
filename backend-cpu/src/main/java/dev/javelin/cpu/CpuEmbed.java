package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.Embed;
import dev.javelin.api.Step;
import dev.javelin.api.StepColumn;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;

/** {@link Embed}. */
final class CpuEmbed extends RowKernel {
    private final Floats out;
    private final Matrix table;
    private final float scale;
    private final MemorySegment feedback;

    CpuEmbed(Embed op, PlanMemory<Placed> memory, Threads threads) {
        super(threads, op.out(), 4L * op.out().width());
        this.out = Floats.of(op.out(), memory);
        this.table = memory.weight(op.table()).matrix();
        this.scale = op.scale();
        this.feedback = memory.feedback();
    }

    @Override
    void row(Step now, int token, Workspace.Worker worker) {
        switch (now.source(token)) {
            case ID -> gather(token, now.token(token), worker);
            case FEEDBACK -> gather(token, feedback.getAtIndex(JAVA_INT, now.token(token)), worker);
            case EMBEDDING -> copy(token, now);
        }
    }

    private void gather(int token, int id, Workspace.Worker worker) {
        if (id >= 0 && id < table.rows()) {
            table.gather(id, scale, out.memory(), out.at(token, 0), worker);
        } else {
            out.invalidate(token); // only an id fed back can be wrong: nobody checked it before
        }
    }

    private void copy(int token, Step now) {
        long from = now.layout().offset(StepColumn.EMBEDDINGS)
                + now.token(token) * now.layout().rowBytes(StepColumn.EMBEDDINGS);
        MemorySegment.copy(now.memory(), from, out.memory(), out.at(token, 0), (long) out.width() * Float.BYTES);
    }
}
