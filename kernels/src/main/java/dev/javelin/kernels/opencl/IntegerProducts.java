package dev.javelin.kernels.opencl;

import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.MatMul;
import dev.javelin.api.Precision;
import dev.javelin.api.Value;
import dev.javelin.kernels.gpu.Arg;
import dev.javelin.kernels.gpu.Grid;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import dev.javelin.kernels.gpu.Span;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Products of few rows with integer dot products, for devices that have those and plans that need not be exact: the activations are
 * brought to integers of 8 bits first, in blocks of 32. A variant.
 */
final class IntegerProducts {
    /** Those whose weights are integers times a scale, plus perhaps an offset, in chunks; each has a text among the quants. */
    static final Set<Format> FORMATS = Set.of(Format.Q8_0, Format.Q4_0, Format.Q4_K);

    private static final int BLOCK = 32;

    private final Sizes sizes;

    IntegerProducts(Sizes sizes) {
        this.sizes = sizes;
    }

    /** Whether a product may be worked out so. */
    boolean suits(MatMul op, Precision precision) {
        return sizes.integerDot()
                && precision == Precision.FAST
                && FORMATS.contains(op.matrix().format());
    }

    /** Room for the quants of the activations, and for their scales with their sums; whatever the precision will be. */
    List<Long> scratch(MatMul op, Limits limits) {
        if (!suits(op, Precision.FAST)) {
            return List.of();
        }
        long rows = Math.min(op.out().rows().most(limits), sizes.untiled());
        long blocks = rows * (op.x().width() / BLOCK);
        return List.of(blocks * BLOCK, blocks * 2 * Float.BYTES);
    }

    /**
     * The launches for at most so many rows.
     *
     * @param args those of the product behind its activations
     */
    List<Launch> launches(MatMul op, Value out, Args args, Grid grid, int most, PlanFacts plan) {
        int blocks = op.x().width() / BLOCK;
        Args quantised = new Args(plan)
                .add(new Arg.Scratch(0))
                .add(new Arg.Scratch(1))
                .operand(op.x())
                .counts()
                .rows(out.rows())
                .number(op.x().width())
                .number(most);
        Grid each =
                Grid.of(Grid.fixed(sizes.items(), Math.ceilDiv(blocks, sizes.items())), Grid.perRow(1, 1, out.rows()));
        Args product = new Args(plan)
                .operand(out)
                .add(new Arg.Scratch(0))
                .add(new Arg.Scratch(1))
                .addAll(args);
        KernelId kernel = new KernelId(
                Sources.file("integer", op.matrix().format()),
                "integer",
                Map.of(
                        "INTEGER_DOT", "",
                        "ROWS", Integer.toString(sizes.rows()),
                        "SPLITS", Integer.toString(sizes.splits())));
        Span span = new Span(out.rows(), 0, most);
        return List.of(
                new Launch(new KernelId("quantise", "quantise"), quantised.list(), each, span),
                new Launch(kernel, product.list(), grid, span));
    }
}
