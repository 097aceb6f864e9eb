package dev.javelin.cpu;

import dev.javelin.api.Dim;
import dev.javelin.api.Step;
import dev.javelin.api.Value;
import dev.javelin.kernels.host.PlanMemory;

/**
 * Rows from which something is chosen, as the step wants them: with its biases, and NaN where its masks forbid. Each worker
 * reads into its own floats, from the first one on.
 */
final class Choices {
    private final Floats x;
    private final boolean outputs;

    /** Takes {@code spare} floats of a worker behind those of a row. */
    Choices(Value x, int spare, PlanMemory<?> memory, Threads threads) {
        this.x = Floats.of(x, memory);
        this.outputs = x.rows() == Dim.Symbol.OUTPUTS;
        threads.workspace().reserve(Math.addExact(x.width(), spare));
    }

    int width() {
        return x.width();
    }

    void read(Step step, int row, float[] to) {
        x.read(row, 0, x.width(), to, 0);
        if (outputs) {
            bias(step, row, to);
            if (step.masked(row)) {
                forbid(step, row, to);
            }
        }
    }

    private static void bias(Step step, int row, float[] to) {
        for (int bias = 0; bias < step.biases(); bias++) {
            if (step.biasRow(bias) == row) {
                to[step.biasToken(bias)] += step.biasValue(bias);
            }
        }
    }

    private void forbid(Step step, int row, float[] to) {
        int vocabulary = step.layout().limits().extras().vocabulary();
        for (int id = 0; id < x.width(); id++) {
            if (id >= vocabulary || !step.allowed(row, id)) {
                to[id] = Float.NaN;
            }
        }
    }
}
