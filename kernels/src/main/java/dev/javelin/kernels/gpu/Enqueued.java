package dev.javelin.kernels.gpu;

import dev.javelin.api.Step;

/** A launch whose kernel has its arguments. Enqueuing it leaves no garbage behind. */
final class Enqueued {
    private final GpuDriver driver;
    private final Grid.Axis[] axes;
    private final Span span;
    private final long[] groups;
    private final long[] local;
    private final long kernel;

    Enqueued(GpuDriver driver, Grid grid, Span span, long kernel) {
        this.driver = driver;
        this.axes = grid.axes().toArray(new Grid.Axis[0]);
        this.span = span;
        this.groups = new long[axes.length];
        this.local = new long[axes.length];
        for (int i = 0; i < axes.length; i++) {
            local[i] = axes[i].local();
        }
        this.kernel = kernel;
    }

    /** Launches as many groups as the step needs, which may be none. */
    void launch(Step step) {
        int counted = span.count().in(step);
        if (!span.meets(counted, counted)) {
            return;
        }
        for (int i = 0; i < axes.length; i++) {
            groups[i] = axes[i].groups(step);
            if (groups[i] == 0) {
                return;
            }
        }
        driver.launch(kernel, axes.length, groups, local);
    }

    void free() {
        driver.freeKernel(kernel);
    }
}
