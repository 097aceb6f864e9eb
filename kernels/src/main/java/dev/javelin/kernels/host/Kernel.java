package dev.javelin.kernels.host;

import dev.javelin.api.Step;

/** One operation of a plan, made ready. */
@FunctionalInterface
public interface Kernel {

    /** Carries the operation out for all rows of the step. */
    void run(Step step);
}
