package dev.javelin.kernels.opencl;

import dev.javelin.api.ArgMax;
import dev.javelin.api.Dim;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.Route;
import dev.javelin.api.StepColumn;
import dev.javelin.api.TopK;
import dev.javelin.api.Value;
import dev.javelin.kernels.gpu.Arg;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import java.util.ArrayList;
import java.util.List;

/** Launches of what chooses the largest of a row. */
final class Choosers {
    private static final int WITH_BIAS = 1;
    private static final int SIGMOID = 2;
    private static final int RENORMALISE = 4;

    /** What slices give is looked at by one group. */
    private static final int MOST_SLICES = 64;

    private final Sizes sizes;

    Choosers(Sizes sizes) {
        this.sizes = sizes;
    }

    /**
     * Room for a copy of what is chosen from, where a step may add biases to it, and for ids and numbers of the largest of each
     * slice, where rows are cut.
     */
    List<Long> scratch(Value x, int k, Limits limits) {
        List<Long> pieces = new ArrayList<>();
        if (biased(x, limits)) {
            pieces.add(x.bytes(limits));
        }
        if (slices(x) > 1) {
            long found = (long) x.rows().most(limits) * slices(x) * k;
            pieces.add(Format.I32.bytes(found));
            pieces.add(Format.F32.bytes(found));
        }
        return pieces;
    }

    /** Groups that share a row: on GPUs as many as have a number for each work-item. */
    private int slices(Value x) {
        return sizes.gpu() ? Math.clamp(x.width() / sizes.reducers(), 1, MOST_SLICES) : 1;
    }

    /** The first of the two pieces of what slices give. */
    private static int found(Value x, PlanFacts plan) {
        return biased(x, plan.limits()) ? 1 : 0;
    }

    List<Long> scratch(Route op, Limits limits) {
        return List.of(Format.F32.bytes(op.logits().shape().most(limits)));
    }

    private static boolean biased(Value x, Limits limits) {
        return x.rows() == Dim.Symbol.OUTPUTS && limits.extras().biases() > 0;
    }

    List<Launch> argMax(ArgMax op, PlanFacts plan) {
        List<Launch> launches = new ArrayList<>();
        Arg x = choosable(op.x(), plan, launches);
        int slices = slices(op.x());
        Arg out = new Arg.Operand(op.out());
        Arg ids = slices == 1 ? out : new Arg.Scratch(found(op.x(), plan));
        Arg numbers = slices == 1 ? out : new Arg.Scratch(found(op.x(), plan) + 1);
        Args args = masks(new Args(plan).add(out).add(ids).add(numbers).add(x))
                .rows(op.x().rows())
                .number(op.x().width())
                .number(vocabulary(op.x(), plan.limits()))
                .number(slices);
        launches.add(choose("argmax", args, slices, op.x()));
        if (slices > 1) {
            Args merged = new Args(plan)
                    .add(out)
                    .add(ids)
                    .add(numbers)
                    .counts()
                    .rows(op.x().rows())
                    .number(slices);
            launches.addAll(merge("merge_argmax", merged, op.x()));
        }
        return launches;
    }

    List<Launch> topK(TopK op, PlanFacts plan) {
        List<Launch> launches = new ArrayList<>();
        Arg x = choosable(op.x(), plan, launches);
        int slices = slices(op.x());
        Arg ids = slices == 1 ? new Arg.Operand(op.ids()) : new Arg.Scratch(found(op.x(), plan));
        Arg numbers = slices == 1 ? new Arg.Operand(op.values()) : new Arg.Scratch(found(op.x(), plan) + 1);
        Args args = masks(new Args(plan).add(ids).add(numbers).add(x))
                .rows(op.x().rows())
                .number(op.x().width())
                .number(op.k())
                .number(vocabulary(op.x(), plan.limits()))
                .number(slices);
        launches.add(choose("topk", args, slices, op.x()));
        if (slices > 1) {
            Args merged = new Args(plan)
                    .operand(op.ids())
                    .operand(op.values())
                    .add(ids)
                    .add(numbers)
                    .counts()
                    .rows(op.x().rows())
                    .number(op.k())
                    .number(slices);
            launches.addAll(merge("merge_topk", merged, op.x()));
        }
        return launches;
    }

    List<Launch> route(Route op, PlanFacts plan) {
        int flags = (op.bias() == null ? 0 : WITH_BIAS)
                | (op.scoring() == Route.Scoring.SIGMOID ? SIGMOID : 0)
                | (op.renormalise() ? RENORMALISE : 0);
        Args args = new Args(plan)
                .operand(op.experts())
                .operand(op.shares())
                .add(new Arg.Scratch(0))
                .operand(op.logits())
                .vectorOr(op.bias(), op.logits())
                .counts()
                .rows(op.logits().rows())
                .number(op.logits().width())
                .number(op.k())
                .real(op.scale())
                .number(flags);
        return Launches.groupPerRow(
                Launches.sized("route", "route", sizes.reducers()),
                args,
                sizes.reducers(),
                op.logits().rows());
    }

    private Launch choose(String entry, Args args, int slices, Value x) {
        return Launches.groups(
                Launches.sized("choose", entry, sizes.reducers()), args, sizes.reducers(), slices, x.rows());
    }

    private List<Launch> merge(String entry, Args args, Value x) {
        return Launches.groupPerRow(
                Launches.sized("choose", entry, sizes.reducers()), args, sizes.reducers(), x.rows());
    }

    private static Args masks(Args args) {
        return args.column(StepColumn.MASKED).column(StepColumn.ALLOWED).counts();
    }

    /** Only of output rows a step may say what may be chosen. */
    private static int vocabulary(Value x, Limits limits) {
        return x.rows() == Dim.Symbol.OUTPUTS ? limits.extras().vocabulary() : 0;
    }

    /** The numbers to choose from: where there may be biases, a copy to which they are added. */
    private Arg choosable(Value x, PlanFacts plan, List<Launch> launches) {
        if (!biased(x, plan.limits())) {
            return new Arg.Operand(x);
        }
        Arg copy = new Arg.Scratch(0);
        Args copied =
                new Args(plan).add(copy).operand(x).counts().rows(x.rows()).number(x.width());
        launches.add(Launches.elements(
                Launches.sized("choose", "copy_rows", sizes.reducers()), copied, sizes, x.width(), x.rows()));
        Args added = new Args(plan)
                .add(copy)
                .column(StepColumn.BIAS_ROW)
                .column(StepColumn.BIAS_TOKEN)
                .column(StepColumn.BIAS_VALUE)
                .counts()
                .number(x.width());
        launches.addAll(
                Launches.groupPerRow(Launches.sized("choose", "add_biases", sizes.reducers()), added, 1, x.rows()));
        return copy;
    }
}
