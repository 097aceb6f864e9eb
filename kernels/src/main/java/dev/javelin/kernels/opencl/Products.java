package dev.javelin.kernels.opencl;

import dev.javelin.api.Embed;
import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.MatMul;
import dev.javelin.api.Precision;
import dev.javelin.api.StepColumn;
import dev.javelin.api.Value;
import dev.javelin.kernels.gpu.Arg;
import dev.javelin.kernels.gpu.Grid;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import dev.javelin.kernels.gpu.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Launches of what reads weights of any format: rows of a table, and products. */
final class Products {
    /** Rows of activations for which a chunk of weights is decoded once; as in {@code product.cl}. */
    private static final int COLUMNS = 8;

    /** Rows of either side that a work-item of a tile has; as in {@code tiled.cl}. */
    private static final int TILED = 4;

    /** Numbers between those of neighbouring places in a chunk, so that they do not all lie in one bank of local memory. */
    private static final int PADDING = 4;

    private static final int NUMBERS_PER_ITEM = 8;

    private static final int WITH_BIAS = 1;
    private static final int WITH_SCALE = 2;
    private static final int WITH_RESIDUAL = 4;
    private static final int INPUT_PER_EXPERT = 2;

    private final Sizes sizes;
    private final IntegerProducts integers;

    Products(Sizes sizes) {
        this.sizes = sizes;
        this.integers = new IntegerProducts(sizes);
    }

    List<Launch> embed(Embed op, PlanFacts plan) {
        int width = op.out().width();
        Args args = new Args(plan)
                .operand(op.out())
                .matrix(op.table())
                .column(StepColumn.SOURCE)
                .column(StepColumn.TOKEN)
                .add(new Arg.Feedback())
                .column(StepColumn.EMBEDDINGS)
                .counts()
                .number(op.table().shape().size(0))
                .number(width)
                .number(Packing.chunks(width))
                .real(op.scale());
        Packing packing = Packings.of(op.table().format());
        Map<String, String> defines = new HashMap<>(packing.defines());
        defines.put("EXACT", "");
        KernelId kernel = new KernelId(Sources.file("embed", packing.format()), "embed", defines);
        return List.of(Launches.elements(
                kernel,
                args,
                sizes,
                Math.ceilDiv(width, NUMBERS_PER_ITEM),
                op.out().rows()));
    }

    /** @param residual what is added to the product, or null */
    List<Launch> matMul(MatMul op, Value out, @Nullable Value residual, PlanFacts plan) {
        int n = out.width();
        int k = op.x().width();
        int flags = (op.bias() == null ? 0 : WITH_BIAS)
                | (op.scale() == null ? 0 : WITH_SCALE)
                | (residual == null ? 0 : WITH_RESIDUAL);
        int most =
                sizes.gpu() && out.rows().most(plan.limits()) > sizes.untiled() ? sizes.untiled() : Integer.MAX_VALUE;
        Args rest = new Args(plan)
                .matrix(op.matrix())
                .vectorOr(op.bias(), op.x())
                .vectorOr(op.scale(), op.x())
                .operand(residual == null ? op.x() : residual)
                .counts()
                .rows(out.rows())
                .number(n)
                .number(k)
                .number(Packing.chunks(k))
                .number(flags)
                .number(most);
        Args args = new Args(plan).operand(out).operand(op.x()).addAll(rest);
        Grid grid = Grid.of(
                Grid.fixed(sizes.rows(), Math.ceilDiv(n, sizes.rows())),
                Grid.portions(sizes.splits(), out.rows(), COLUMNS));
        List<Launch> launches = new ArrayList<>();
        if (integers.suits(op, plan.precision())) {
            launches.addAll(integers.launches(op, out, rest, grid, most, plan));
        } else {
            KernelId few = kernel("matmul", op.matrix().format());
            launches.add(new Launch(few, args.list(), grid, new Span(out.rows(), 0, most)));
        }
        if (most < Integer.MAX_VALUE) {
            int edge = TILED * sizes.side();
            Grid tiles = Grid.of(
                    Grid.fixed(sizes.side(), Math.ceilDiv(n, edge)), Grid.portions(sizes.side(), out.rows(), edge));
            KernelId many = tiled(op.matrix().format());
            launches.add(new Launch(many, args.list(), tiles, Span.from(out.rows(), most + 1)));
        }
        return launches;
    }

    List<Long> scratch(MatMul op, Limits limits) {
        return integers.scratch(op, limits);
    }

    /** To what a product rounds its activations. */
    Format activation(MatMul op, Precision precision) {
        return integers.suits(op, precision) ? Format.Q8_0 : Format.F32;
    }

    private KernelId tiled(Format format) {
        int edge = TILED * sizes.side();
        Map<String, String> defines = new HashMap<>(Packings.of(format).defines());
        defines.put("SIDE", Integer.toString(sizes.side()));
        defines.put("EDGE", Integer.toString(edge));
        defines.put("STRIDE", Integer.toString(edge + PADDING));
        return new KernelId(Sources.file("tiled", format), "tiled", defines);
    }

    List<Launch> expertMatMul(ExpertMatMul op, PlanFacts plan) {
        int count = op.matrices().shape().size(0);
        int n = op.matrices().shape().size(1);
        int k = op.matrices().shape().size(2);
        int chosen = op.experts().width();
        int flags = (op.bias() == null ? 0 : WITH_BIAS) | (op.inputPerExpert() ? INPUT_PER_EXPERT : 0);
        Args args = new Args(plan)
                .operand(op.out())
                .operand(op.x())
                .matrix(op.matrices())
                .operand(op.experts())
                .vectorOr(op.bias(), op.x())
                .counts()
                .rows(op.out().rows())
                .number(count)
                .number(chosen)
                .number(n)
                .number(k)
                .number(Packing.chunks(k))
                .number(flags);
        Grid grid = Grid.of(
                Grid.fixed(sizes.rows(), Math.ceilDiv(n, sizes.rows())),
                Grid.perRow(sizes.splits(), chosen, op.out().rows()));
        return List.of(new Launch(kernel("expert", op.matrices().format()), args.list(), grid));
    }

    /** Those that keep most numbers at hand, with the work-items of their groups. */
    Map<KernelId, Integer> demanding() {
        return Map.of(kernel("matmul", Format.Q6_K), sizes.rows() * sizes.splits());
    }

    private KernelId kernel(String family, Format format) {
        Map<String, String> defines = new HashMap<>(Packings.of(format).defines());
        defines.put("ROWS", Integer.toString(sizes.rows()));
        defines.put("SPLITS", Integer.toString(sizes.splits()));
        return new KernelId(Sources.file(family, format), family, defines);
    }
}
