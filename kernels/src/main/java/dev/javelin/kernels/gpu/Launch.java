package dev.javelin.kernels.gpu;

import java.util.List;

/**
 * One launch of a kernel, as data: made once when a plan is prepared, carried out in every run.
 *
 * @param args in the order of the kernel's parameters
 * @param span the steps in which it is launched
 */
public record Launch(KernelId kernel, List<Arg> args, Grid grid, Span span) {
    public Launch {
        args = List.copyOf(args);
    }

    /** Launched in every step. */
    public Launch(KernelId kernel, List<Arg> args, Grid grid) {
        this(kernel, args, grid, Span.ALWAYS);
    }
}
