package dev.javelin.kernels.reference;

import dev.javelin.api.Embed;
import dev.javelin.api.Step;
import dev.javelin.api.StepColumn;
import dev.javelin.api.Tensor;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.MemorySegment;

/** {@link Embed}. */
final class ReferenceEmbed implements Kernel {
    private final Embed op;
    private final Floats out;
    private final WeightRows table;
    private final Ints feedback;

    ReferenceEmbed(Embed op, PlanMemory<Tensor> memory) {
        this.op = op;
        this.out = Floats.of(op.out(), memory);
        this.table = new WeightRows(op.table(), memory);
        this.feedback = new Ints(memory.feedback());
    }

    @Override
    public void run(Step step) {
        for (int token = 0; token < step.tokens(); token++) {
            switch (step.source(token)) {
                case ID -> gather(token, step.token(token));
                case FEEDBACK -> gather(token, feedback.get(step.token(token)));
                case EMBEDDING -> copy(token, step);
            }
        }
    }

    private void gather(int token, int id) {
        if (id < 0 || id >= table.count()) { // only an id fed back can be wrong: nobody checked it before
            out.invalidate(token);
            return;
        }
        float[] row = table.read(id);
        for (int column = 0; column < row.length; column++) {
            out.set(token, column, (double) row[column] * op.scale());
        }
    }

    private void copy(int token, Step step) {
        long from = step.layout().offset(StepColumn.EMBEDDINGS)
                + step.token(token) * step.layout().rowBytes(StepColumn.EMBEDDINGS);
        long bytes = (long) out.width() * Float.BYTES;
        MemorySegment.copy(step.memory(), from, out.memory(), token * bytes, bytes);
    }
}
