package dev.javelin.kernels.gpu;

import java.util.List;

/**
 * One launch of a kernel, as data: made once when a plan is prepared, carried out in every run.
 *
 * @param args in the order of the kernel's parameters
 */
public record Launch(KernelId kernel, List<Arg> args, Grid grid) {
    public Launch {
        args = List.copyOf(args);
    }
}
