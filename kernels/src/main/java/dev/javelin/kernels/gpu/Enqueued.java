package dev.javelin.kernels.gpu;

import dev.javelin.api.Step;
import org.jspecify.annotations.Nullable;

/** A launch whose kernel has its arguments. Enqueuing it leaves no garbage behind. */
final class Enqueued {
    private final GpuDriver driver;
    private final Grid.@Nullable Range when;
    private final Grid.Axis[] axes;
    private final long[] groups;
    private final long[] local;
    private final long kernel;

    Enqueued(GpuDriver driver, Grid grid, long kernel) {
        this.driver = driver;
        this.when = grid.when();
        this.axes = grid.axes().toArray(new Grid.Axis[0]);
        this.groups = new long[axes.length];
        this.local = new long[axes.length];
        for (int i = 0; i < axes.length; i++) {
            local[i] = axes[i].local();
        }
        this.kernel = kernel;
    }

    /** Launches as many groups as the step needs, which may be none. */
    void launch(Step step) {
        if (when != null && !when.has(step)) {
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
