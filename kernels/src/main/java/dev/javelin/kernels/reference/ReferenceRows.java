package dev.javelin.kernels.reference;

import dev.javelin.api.Rows;
import dev.javelin.api.Step;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;

/** {@link Rows}. */
final class ReferenceRows implements Kernel {
    private final Floats out;
    private final Floats x;

    ReferenceRows(Rows op, PlanMemory<?> memory) {
        this.out = Floats.of(op.out(), memory);
        this.x = Floats.of(op.x(), memory);
    }

    @Override
    public void run(Step step) {
        for (int output = 0; output < step.outputs(); output++) {
            for (int column = 0; column < out.width(); column++) {
                out.set(output, column, x.get(step.outputToken(output), column));
            }
        }
    }
}
