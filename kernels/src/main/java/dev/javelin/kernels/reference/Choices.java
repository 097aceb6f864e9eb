package dev.javelin.kernels.reference;

import dev.javelin.api.Dim;
import dev.javelin.api.Step;
import dev.javelin.api.Value;
import dev.javelin.kernels.host.PlanMemory;

/** A row from which something is chosen, as the step wants it: with its biases, and NaN where its mask forbids. */
final class Choices {
    private final Floats x;
    private final boolean outputs;
    private final double[] row;

    Choices(Value x, PlanMemory<?> memory) {
        this.x = Floats.of(x, memory);
        this.outputs = x.rows() == Dim.Symbol.OUTPUTS;
        this.row = new double[x.width()];
    }

    /** The numbers of a row, until the next one is read. */
    double[] read(Step step, int index) {
        for (int i = 0; i < row.length; i++) {
            row[i] = x.get(index, i);
        }
        if (outputs) {
            bias(step, index);
            forbid(step, index);
        }
        return row;
    }

    private void bias(Step step, int output) {
        for (int bias = 0; bias < step.biases(); bias++) {
            if (step.biasRow(bias) == output) {
                int id = step.biasToken(bias);
                row[id] = (float) (row[id] + step.biasValue(bias));
            }
        }
    }

    private void forbid(Step step, int output) {
        for (int id = 0; id < row.length; id++) {
            if (!step.allowed(output, id)) {
                row[id] = Double.NaN;
            }
        }
    }
}
