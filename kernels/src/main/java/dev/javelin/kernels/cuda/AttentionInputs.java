package dev.javelin.kernels.cuda;

import dev.javelin.api.AttentionInput;
import dev.javelin.api.KvGroup;
import dev.javelin.api.MatMul;
import dev.javelin.api.Op;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.StepColumn;
import dev.javelin.api.Value;
import dev.javelin.kernels.gpu.Arg;
import dev.javelin.kernels.gpu.Grid;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import dev.javelin.kernels.opencl.Args;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Launches of all that comes before attention: products, with the norm where there is one row, then all that heads go through. */
final class AttentionInputs {

    /** Threads of a block; as in {@code heads.cu}. */
    private static final int THREADS = 128;

    private static final int QUERY_NORM = 1;
    private static final int KEY_NORM = 2;

    /** Where the arguments that say how a pair turns lie among those of a rotation. */
    private static final int FREQUENCIES = 2;

    private static final int FACTORS = 3;
    private static final int DIMS = 8;
    private static final int ALL = 12;

    private final CommonKernels common;
    private final Products products;

    AttentionInputs(CommonKernels common, Products products) {
        this.common = common;
        this.products = products;
    }

    /** Both rotations must be the same, and each norm that of one head. */
    static boolean supports(AttentionInput op) {
        KvGroup group = op.write().group();
        return op.norm().groupsPerRow() == 1
                && op.queryRope().headSize() == group.keySize()
                && op.keyRope().headSize() == group.keySize()
                && op.queryRope().spec().equals(op.keyRope().spec())
                && Objects.equals(op.queryRope().factors(), op.keyRope().factors())
                && ofHeads(op.queryNorm(), group)
                && ofHeads(op.keyNorm(), group)
                && Math.max(group.keySize(), group.valueSize()) <= Attentions.LARGEST_HEAD;
    }

    private static boolean ofHeads(@Nullable RmsNorm norm, KvGroup group) {
        return norm == null || norm.weight().width() == group.keySize();
    }

    List<Launch> oneRow(AttentionInput op, Internals internals, PlanFacts plan) {
        return products.oneRow(
                List.of(product(op.query(), internals), product(op.key(), internals), product(op.value(), internals)),
                op.norm(),
                plan);
    }

    private static Product product(MatMul op, Internals internals) {
        return new Product(op, internals.place(op.out()));
    }

    /** The parts of which the rest is none: for several rows they are launched one after the other. */
    static List<Op> products(AttentionInput op) {
        return List.of(op.norm(), op.query(), op.key(), op.value());
    }

    /** What heads go through, for any number of rows. */
    Launch heads(AttentionInput op, Internals internals, PlanFacts plan) {
        KvGroup group = op.write().group();
        int layer = op.write().layer();
        Value q = op.query().out();
        List<Arg> turns = common.launches(op.queryRope(), plan).getFirst().args();
        int norms = (op.queryNorm() == null ? 0 : QUERY_NORM) | (op.keyNorm() == null ? 0 : KEY_NORM);
        Args args = new Args(plan)
                .operand(op.queryRope().out())
                .add(new Arg.Keys(group, layer))
                .add(new Arg.Values(group, layer))
                .add(internals.place(q))
                .add(internals.place(op.key().out()))
                .add(internals.place(op.value().out()));
        weight(args, op.queryNorm(), op.norm());
        weight(args, op.keyNorm(), op.norm());
        args.add(new Arg.BlockTable(group))
                .column(StepColumn.SEQUENCE)
                .column(StepColumn.KV_INDEX)
                .add(turns.get(FREQUENCIES))
                .add(op.queryRope().factors() == null ? turns.get(FREQUENCIES) : turns.get(FACTORS))
                .column(StepColumn.POSITION)
                .counts()
                .number(op.queryRope().heads())
                .number(group.kvHeads())
                .number(group.keySize())
                .number(group.valueSize())
                .number(Attentions.code(group.keyFormat()))
                .number(Attentions.code(group.valueFormat()))
                .number(plan.blockTokens())
                .number(plan.blocksPerSequence())
                .real(op.queryNorm() == null ? 0 : op.queryNorm().eps())
                .real(op.keyNorm() == null ? 0 : op.keyNorm().eps())
                .number(norms);
        turns.subList(DIMS, ALL).forEach(args::add);
        Grid grid =
                Grid.of(Grid.fixed(THREADS, op.queryRope().heads() + 2 * group.kvHeads()), Grid.perRow(1, 1, q.rows()));
        return new Launch(new KernelId("heads", "heads"), args.list(), grid);
    }

    private static void weight(Args args, @Nullable RmsNorm norm, RmsNorm unused) {
        args.vector(norm == null ? unused.weight() : norm.weight());
    }
}
