package dev.javelin.kernels.opencl;

import dev.javelin.api.Dim;
import dev.javelin.kernels.gpu.Grid;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Launch;
import java.util.List;
import java.util.Map;

/** The usual kinds of launches. */
final class Launches {
    private Launches() {}

    /** A kernel of a file that is built with the size of its groups as {@code LOCAL}. */
    static KernelId sized(String file, String entry, int local) {
        return new KernelId(file, entry, Map.of("LOCAL", Integer.toString(local)));
    }

    /** A work-item for each of so many elements of each row. */
    static Launch elements(KernelId kernel, Args args, Sizes sizes, int elements, Dim rows) {
        Grid grid = Grid.of(Grid.fixed(sizes.items(), Math.ceilDiv(elements, sizes.items())), Grid.perRow(1, 1, rows));
        return new Launch(kernel, args.list(), grid);
    }

    /** Groups of so many work-items, some of them for each row. */
    static Launch groups(KernelId kernel, Args args, int local, int groups, Dim rows) {
        return new Launch(kernel, args.list(), Grid.of(Grid.fixed(local, groups), Grid.perRow(1, 1, rows)));
    }

    /** One group of so many work-items for each row. */
    static List<Launch> groupPerRow(KernelId kernel, Args args, int local, Dim rows) {
        return List.of(new Launch(kernel, args.list(), Grid.of(Grid.perRow(local, 1, rows))));
    }
}
