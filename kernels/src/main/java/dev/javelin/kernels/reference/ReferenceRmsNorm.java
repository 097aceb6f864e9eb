package dev.javelin.kernels.reference;

import dev.javelin.api.RmsNorm;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;

/** {@link RmsNorm}. */
final class ReferenceRmsNorm implements Kernel {
    private final RmsNorm op;
    private final Floats out;
    private final Floats x;
    private final Vector weight;

    ReferenceRmsNorm(RmsNorm op, PlanMemory<Tensor> memory) {
        this.op = op;
        this.out = Floats.of(op.out(), memory);
        this.x = Floats.of(op.x(), memory);
        this.weight = Vector.of(op.weight(), memory);
    }

    @Override
    public void run(Step step) {
        long groups = (long) op.x().rows().in(step) * op.groupsPerRow();
        for (long group = 0; group < groups; group++) {
            normalise(group * weight.size());
        }
    }

    private void normalise(long first) {
        double squares = 0;
        for (int i = 0; i < weight.size(); i++) {
            double element = x.get(first + i);
            squares += element * element;
        }
        double root = Math.sqrt(squares / weight.size() + op.eps());
        for (int i = 0; i < weight.size(); i++) {
            out.set(first + i, x.get(first + i) / root * weight.get(i));
        }
    }
}
