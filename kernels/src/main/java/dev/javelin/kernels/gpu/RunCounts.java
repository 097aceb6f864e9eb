package dev.javelin.kernels.gpu;

import dev.javelin.api.Dim;
import dev.javelin.api.Limits;
import dev.javelin.api.Step;

/** The counts by which a run is launched: those of its step, or powers of two that serve several steps. Filled anew for each run. */
final class RunCounts {
    private int tokens;
    private int sequences;
    private int outputs;
    private boolean rounded;

    /** Those of a step. */
    void set(Step step) {
        tokens = step.tokens();
        sequences = step.sequences();
        outputs = step.outputs();
        rounded = false;
    }

    /** The next powers of two, or the limits. */
    void round(Step step, Limits limits) {
        tokens = atLeast(step.tokens(), limits.tokens());
        sequences = atLeast(step.sequences(), limits.sequences());
        outputs = atLeast(step.outputs(), limits.outputs());
        rounded = true;
    }

    private static int atLeast(int counted, int limit) {
        return counted <= 1 ? counted : Math.min(limit, 2 * Integer.highestOneBit(counted - 1));
    }

    /** The most that a dimension counts. */
    int most(Dim count) {
        return switch (count) {
            case Dim.Fixed(int size) -> size;
            case Dim.Symbol.TOKENS -> tokens;
            case Dim.Symbol.SEQUENCES -> sequences;
            case Dim.Symbol.OUTPUTS -> outputs;
        };
    }

    /** The fewest that a dimension counts in a step that these counts serve. */
    int fewest(Dim count) {
        int most = most(count);
        return rounded && most > 1 && count instanceof Dim.Symbol ? Integer.highestOneBit(most - 1) + 1 : most;
    }

    /** The same for all steps that these counts serve, and for no others; of up to 2²⁰ of each. */
    long key() {
        return ((long) tokens << 20 | sequences) << 20 | outputs;
    }
}
