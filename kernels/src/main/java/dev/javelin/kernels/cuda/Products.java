package dev.javelin.kernels.cuda;

import dev.javelin.api.Activation;
import dev.javelin.api.Embed;
import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.MatMul;
import dev.javelin.api.NormGateUpGlu;
import dev.javelin.api.Precision;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.StepColumn;
import dev.javelin.api.Value;
import dev.javelin.kernels.gpu.Arg;
import dev.javelin.kernels.gpu.Grid;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import dev.javelin.kernels.gpu.Span;
import dev.javelin.kernels.opencl.Args;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Launches of what reads weights of any format: rows of a table, and products. One row of activations has kernels of its own,
 * which take several matrices and a norm at once; they are launched in steps with one row, the others in those with more.
 */
final class Products {
    private static final int CHUNK = 32;
    private static final int EMBED_THREADS = 64;

    /** Rows of activations for which a chunk of weights is decoded once; as in {@code product.cuh}. */
    private static final int COLUMNS = 8;

    /** Matrices that are multiplied with in one go. */
    static final int TOGETHER = 3;

    /** Rows from which on there are kernels for several. */
    static final int SEVERAL = 2;

    /** Rows from which on matrix units pay. */
    private static final int MANY = COLUMNS + 1;

    // of products on matrix units; as in tiles.cu
    private static final int TILE_ROWS = 64;
    private static final int TILE_TOKENS = 128;
    private static final int TILE_THREADS = 128;
    private static final int TILE_STEP = 64;
    private static final int ROUNDING_THREADS = 128;

    private static final int WITH_BIAS = 1;
    private static final int WITH_SCALE = 8;
    private static final int WITH_RESIDUAL = 64;
    private static final int WITH_NORM = 128;
    private static final int INPUT_PER_EXPERT = 2;

    private final Portions portions;
    private final boolean matrixUnits;

    /** @param matrixUnits whether there are those that take BF16 */
    Products(Portions portions, boolean matrixUnits) {
        this.portions = portions;
        this.matrixUnits = matrixUnits;
    }

    /** To what activations are rounded at most. */
    Format activation(Precision precision) {
        return tiled(precision) ? Format.BF16 : Format.F32;
    }

    private boolean tiled(Precision precision) {
        return matrixUnits && precision == Precision.FAST;
    }

    /** Room for the rounded activations of a product. */
    List<Long> scratch(MatMul op, Limits limits) {
        int most = op.x().rows().most(limits);
        return matrixUnits && most >= MANY
                ? List.of(Format.BF16.bytes((long) most * filled(op.x().width())))
                : List.of();
    }

    private static int filled(int width) {
        return Math.ceilDiv(width, TILE_STEP) * TILE_STEP;
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
                .number(chunks(width))
                .real(op.scale());
        Grid grid = Grid.of(
                Grid.fixed(EMBED_THREADS, Math.ceilDiv(chunks(width), EMBED_THREADS)),
                Grid.perRow(1, 1, op.out().rows()));
        return List.of(new Launch(kernel("embed", op.table().format()), args.list(), grid));
    }

    /** One product, for any number of rows. */
    List<Launch> matMul(MatMul op, Value out, @Nullable Value residual, PlanFacts plan) {
        Product product = new Product(op, new Arg.Operand(out));
        List<Launch> launches = new ArrayList<>();
        launches.add(oneRow(List.of(product), null, residual, plan));
        launches.add(rows(product, residual, plan));
        if (tiled(plan.precision())) {
            launches.add(rounded(op, plan));
            launches.add(tiles(product, residual, plan));
        }
        return launches.stream()
                .filter(launch -> launch.span().within(plan.limits()))
                .toList();
    }

    /**
     * Products with one row of activations, in formats of which at most {@link #TOGETHER} products share each.
     *
     * @param norm what the activations go through first, or null
     */
    List<Launch> oneRow(List<Product> products, @Nullable RmsNorm norm, PlanFacts plan) {
        List<Launch> launches = new ArrayList<>();
        products.stream()
                .map(product -> product.op().matrix().format())
                .distinct()
                .forEach(format -> {
                    List<Product> same = products.stream()
                            .filter(product -> product.op().matrix().format() == format)
                            .toList();
                    launches.add(oneRow(same, norm, null, plan));
                });
        return launches;
    }

    private Launch oneRow(List<Product> products, @Nullable RmsNorm norm, @Nullable Value residual, PlanFacts plan) {
        MatMul first = products.getFirst().op();
        Value x = norm == null ? first.x() : norm.x();
        Args args = new Args(plan);
        int flags = (norm == null ? 0 : WITH_NORM) | (residual == null ? 0 : WITH_RESIDUAL);
        for (int i = 0; i < TOGETHER; i++) {
            Product product = products.get(Math.min(i, products.size() - 1));
            matrix(args.add(product.out()), product.op(), x);
            flags |= i < products.size() ? flags(product.op()) << i : 0;
        }
        args.codes(first.matrix())
                .operand(x)
                .vectorOr(norm == null ? null : norm.weight(), x)
                .operand(residual == null ? x : residual)
                .counts()
                .rows(x.rows());
        long all = 0;
        for (int i = 0; i < TOGETHER; i++) {
            int n = i < products.size() ? products.get(i).op().out().width() : 0;
            all += n;
            args.number(n);
        }
        int shift = portions.shift(all);
        long turns = products.stream()
                .mapToLong(product -> portions(product.op().out().width(), shift))
                .sum();
        args.number(x.width())
                .number(chunks(x.width()))
                .number(shift)
                .real(norm == null ? 0 : norm.eps())
                .number(flags);
        Grid grid = Grid.of(Grid.fixed(Portions.THREADS, portions.turns(turns)));
        return new Launch(kernel("product", first.matrix().format()), args.list(), grid, Span.one(x.rows()));
    }

    /** The gated unit of one row of activations, after a norm. */
    Launch gateUp(NormGateUpGlu op, PlanFacts plan) {
        Value x = op.norm().x();
        int n = op.glu().out().width();
        Args args = new Args(plan).operand(op.glu().out());
        matrix(args, op.gate(), x);
        matrix(args, op.up(), x);
        int shift = portions.shift(n);
        args.codes(op.gate().matrix())
                .operand(x)
                .vector(op.norm().weight())
                .counts()
                .rows(x.rows())
                .number(n)
                .number(x.width())
                .number(chunks(x.width()))
                .number(shift)
                .number(code(op.glu().activation()))
                .real(op.norm().eps())
                .number(WITH_NORM | flags(op.gate()) | flags(op.up()) << 1);
        Grid grid = Grid.of(Grid.fixed(Portions.THREADS, portions.turns(portions(n, shift))));
        return new Launch(kernel("gate_up", op.gate().matrix().format()), args.list(), grid, Span.one(x.rows()));
    }

    /** The activations of a product with many rows, rounded for matrix units. */
    private static Launch rounded(MatMul op, PlanFacts plan) {
        int width = op.x().width();
        Args args = new Args(plan)
                .add(new Arg.Scratch(0))
                .operand(op.x())
                .counts()
                .rows(op.x().rows())
                .number(MANY)
                .number(width)
                .number(filled(width));
        Grid grid = Grid.of(
                Grid.fixed(ROUNDING_THREADS, Math.ceilDiv(filled(width), ROUNDING_THREADS)),
                Grid.perRow(1, 1, op.x().rows()));
        return new Launch(
                new KernelId("pointwise", "to_bf16"),
                args.list(),
                grid,
                Span.from(op.x().rows(), MANY));
    }

    /** A product with many rows of activations, which are rounded already. */
    private static Launch tiles(Product product, @Nullable Value residual, PlanFacts plan) {
        MatMul op = product.op();
        int n = op.out().width();
        Args args = new Args(plan).add(product.out());
        matrix(args, op, op.x())
                .codes(op.matrix())
                .add(new Arg.Scratch(0))
                .operand(residual == null ? op.x() : residual)
                .counts()
                .rows(op.x().rows())
                .number(MANY)
                .number(n)
                .number(chunks(op.x().width()))
                .number(flags(op) | (residual == null ? 0 : WITH_RESIDUAL));
        Grid grid = Grid.of(
                Grid.fixed(TILE_THREADS, Math.ceilDiv(n, TILE_ROWS)),
                Grid.portions(1, op.x().rows(), TILE_TOKENS));
        KernelId kernel = new KernelId("tiles_" + stem(op.matrix().format()), "tiles");
        return new Launch(kernel, args.list(), grid, Span.from(op.x().rows(), MANY));
    }

    /** A product with more than one row of activations; on matrix units with not too many. */
    private Launch rows(Product product, @Nullable Value residual, PlanFacts plan) {
        MatMul op = product.op();
        int n = op.out().width();
        int k = op.x().width();
        int shift = portions.shift(n);
        int most = tiled(plan.precision()) ? MANY - 1 : Integer.MAX_VALUE;
        Args args = new Args(plan).add(product.out());
        matrix(args, op, op.x())
                .codes(op.matrix())
                .operand(op.x())
                .operand(residual == null ? op.x() : residual)
                .counts()
                .rows(op.x().rows())
                .number(SEVERAL)
                .number(most)
                .number(n)
                .number(k)
                .number(chunks(k))
                .number(shift)
                .number(flags(op) | (residual == null ? 0 : WITH_RESIDUAL));
        Grid grid = Grid.of(
                Grid.fixed(Portions.THREADS, portions(n, shift)),
                Grid.portions(1, op.x().rows(), COLUMNS));
        return new Launch(
                kernel("products", op.matrix().format()),
                args.list(),
                grid,
                new Span(op.x().rows(), SEVERAL, most));
    }

    List<Launch> expertMatMul(ExpertMatMul op, PlanFacts plan) {
        int n = op.matrices().shape().size(1);
        int k = op.matrices().shape().size(2);
        int chosen = op.experts().width();
        int shift = portions.shift((long) n * chosen);
        int flags = (op.bias() == null ? 0 : WITH_BIAS) | (op.inputPerExpert() ? INPUT_PER_EXPERT : 0);
        Args args = new Args(plan)
                .operand(op.out())
                .operand(op.x())
                .matrix(op.matrices())
                .operand(op.experts())
                .vectorOr(op.bias(), op.x())
                .counts()
                .rows(op.out().rows())
                .number(op.matrices().shape().size(0))
                .number(chosen)
                .number(n)
                .number(k)
                .number(chunks(k))
                .number(shift)
                .number(flags);
        Grid grid = Grid.of(
                Grid.fixed(Portions.THREADS, portions(n, shift)),
                Grid.perRow(1, chosen, op.out().rows()));
        return List.of(new Launch(kernel("expert", op.matrices().format()), args.list(), grid));
    }

    private static Args matrix(Args args, MatMul op, Value unused) {
        return args.planes(op.matrix()).vectorOr(op.bias(), unused).vectorOr(op.scale(), unused);
    }

    private static int flags(MatMul op) {
        return (op.bias() == null ? 0 : WITH_BIAS) | (op.scale() == null ? 0 : WITH_SCALE);
    }

    private static int portions(int rows, int shift) {
        return Math.ceilDiv(rows, 1 << shift);
    }

    private static int chunks(int columns) {
        return Math.ceilDiv(columns, CHUNK);
    }

    private static int code(Activation activation) {
        return switch (activation) {
            case SILU -> 0;
            case GELU_TANH -> 1;
            case GELU_ERF -> 2;
            case RELU_SQUARED -> 3;
        };
    }

    private static KernelId kernel(String entry, Format format) {
        return new KernelId("weights_" + stem(format), entry);
    }

    private static String stem(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
