package dev.javelin.kernels.opencl;

import dev.javelin.api.AddRmsNorm;
import dev.javelin.api.RmsNorm;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import java.util.List;
import java.util.Map;

/** Launches of norms. */
final class Norms {
    private static final int ADDED = 1;
    private static final int ONE_ROW = 2;

    private final Sizes sizes;

    Norms(Sizes sizes) {
        this.sizes = sizes;
    }

    /** With the work-items of a group: that they wait for each other is all that they ask. */
    Map<KernelId, Integer> demanding() {
        return Map.of(Launches.sized("norm", "norm", sizes.reducers()), sizes.reducers());
    }

    List<Launch> rmsNorm(RmsNorm op, PlanFacts plan) {
        Args args = new Args(plan)
                .operand(op.out())
                .operand(op.out()) // no sum is kept
                .operand(op.x())
                .operand(op.x());
        return launch(op, args, 0);
    }

    List<Launch> addRmsNorm(AddRmsNorm op, PlanFacts plan) {
        Args args = new Args(plan)
                .operand(op.norm().out())
                .operand(op.sum().out())
                .operand(op.sum().a());
        if (op.sum().broadcast()) {
            return launch(op.norm(), args.vector(op.sum().b()), ADDED | ONE_ROW);
        }
        return launch(op.norm(), args.operand(op.sum().b()), ADDED);
    }

    private List<Launch> launch(RmsNorm op, Args args, int flags) {
        args.vector(op.weight())
                .counts()
                .rows(op.x().rows())
                .number(op.weight().width())
                .real(op.eps())
                .number(flags);
        KernelId kernel = Launches.sized("norm", "norm", sizes.reducers());
        return List.of(Launches.groups(
                kernel, args, sizes.reducers(), op.groupsPerRow(), op.x().rows()));
    }
}
