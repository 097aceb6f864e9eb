package dev.javelin.kernels.cuda;

import dev.javelin.api.Attention;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.StepColumn;
import dev.javelin.kernels.gpu.Arg;
import dev.javelin.kernels.gpu.Grid;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import dev.javelin.kernels.opencl.Args;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Launches of attention. Heads of usual sizes have kernels that share keys among queries and split long contexts; others go
 * through a plain one.
 */
final class Attentions {
    private static final int KV_F32 = 0;
    private static final int KV_F16 = 1;
    private static final int KV_Q8_0 = 2;

    /** Threads of a block, and what it has shared memory for; as in {@code attention.cu}. */
    private static final int THREADS = 64;

    /** The largest head that the kernels take. */
    static final int LARGEST_HEAD = 2048;

    private static final Map<Format, Set<Integer>> HEADS = Map.of(
            Format.F16, Set.of(64, 96, 128, 256),
            Format.Q8_0, Set.of(64, 128, 256),
            Format.F32, Set.of(64, 128));

    private static final Set<Integer> CAPPED = Set.of(128, 256);

    /** Of the kernels for usual heads; as in {@code attention_heads.cu}. */
    private static final int HEADS_THREADS = 128;

    private static final int QUERIES = 4;

    /** Kept tokens for which a block of its own pays. */
    private static final int TOKENS_PER_SPLIT = 64;

    private static final int MOST_SPLITS = 64;
    private static final int BLOCKS_PER_UNIT = 3;

    /** Blocks that run at the same time. */
    private final int parallel;

    Attentions(int units) {
        this.parallel = BLOCKS_PER_UNIT * units;
    }

    boolean supports(Attention op) {
        return Math.max(op.group().keySize(), op.group().valueSize()) <= LARGEST_HEAD;
    }

    private static boolean usual(Attention op) {
        KvGroup group = op.group();
        int size = group.keySize();
        return size == group.valueSize()
                && group.keyFormat() == group.valueFormat()
                && op.heads() % group.kvHeads() == 0
                && HEADS.getOrDefault(group.keyFormat(), Set.of()).contains(size)
                && (op.softCap() == 0 || (group.keyFormat() == Format.F16 && CAPPED.contains(size)));
    }

    /** Groups of query heads that a block takes. */
    private static int groups(Attention op) {
        int kvHeads = op.group().kvHeads();
        return kvHeads * Math.ceilDiv(op.heads() / kvHeads, QUERIES);
    }

    /** Blocks for each group of heads of a token, where there are few tokens and a long context. */
    private int splits(Attention op, Limits limits) {
        int window = op.group().window();
        int seen = window == 0 ? limits.context() : Math.min(window, limits.context());
        return Math.clamp(parallel / groups(op), 1, Math.min(MOST_SPLITS, Math.ceilDiv(seen, TOKENS_PER_SPLIT)));
    }

    /** Room for the parts of heads: there are never more than blocks that run at the same time. */
    List<Long> scratch(Attention op, Limits limits) {
        long part = (long) QUERIES * (op.group().valueSize() + 2) * Float.BYTES;
        return usual(op) && splits(op, limits) > 1 ? List.of(parallel * part) : List.of();
    }

    /** Bytes of a count for each group of heads that is split. */
    long countersBytes() {
        return (long) parallel * Integer.BYTES;
    }

    List<Launch> attention(Attention op, PlanFacts plan) {
        return List.of(usual(op) ? heads(op, plan) : plain(op, plan));
    }

    private Launch heads(Attention op, PlanFacts plan) {
        int splits = splits(op, plan.limits());
        Arg out = new Arg.Operand(op.out());
        Args args = new Args(plan)
                .add(out)
                .add(splits > 1 ? Counters.PLACE : out)
                .add(splits > 1 ? new Arg.Scratch(0) : out)
                .operand(op.q());
        seen(args, op).number(op.heads()).number(op.group().kvHeads());
        where(args, op, plan).number(splits).number(parallel);
        Grid grid = Grid.of(
                Grid.fixed(HEADS_THREADS, groups(op) * splits),
                Grid.perRow(1, 1, op.q().rows()));
        String file = "attention_heads_%s_%d%s"
                .formatted(
                        op.group().keyFormat().name().toLowerCase(Locale.ROOT),
                        op.group().keySize(),
                        op.softCap() == 0 ? "" : "_capped");
        return new Launch(new KernelId(file, "attention_heads"), args.list(), grid);
    }

    private static Launch plain(Attention op, PlanFacts plan) {
        KvGroup group = op.group();
        Args args = new Args(plan).operand(op.out()).operand(op.q());
        seen(args, op)
                .number(op.heads())
                .number(group.kvHeads())
                .number(group.keySize())
                .number(group.valueSize())
                .number(code(group.keyFormat()))
                .number(code(group.valueFormat()));
        where(args, op, plan);
        Grid grid = Grid.of(
                Grid.fixed(THREADS, op.heads()), Grid.perRow(1, 1, op.q().rows()));
        return new Launch(new KernelId("attention", "attention"), args.list(), grid);
    }

    /** What a token sees. */
    private static Args seen(Args args, Attention op) {
        KvGroup group = op.group();
        return args.add(new Arg.Keys(group, op.layer()))
                .add(new Arg.Values(group, op.layer()))
                .add(new Arg.BlockTable(group))
                .column(StepColumn.SEQUENCE)
                .column(StepColumn.KV_INDEX)
                .column(StepColumn.FIRST)
                .column(StepColumn.TREE)
                .column(StepColumn.VISIBLE)
                .counts();
    }

    private static Args where(Args args, Attention op, PlanFacts plan) {
        boolean trees = plan.limits().extras().trees();
        return args.number(op.group().window())
                .number(plan.blockTokens())
                .number(plan.blocksPerSequence())
                .number(trees ? Math.ceilDiv(plan.limits().tokens(), Integer.SIZE) : 0)
                .real(op.scale())
                .real(op.softCap());
    }

    /** The number that stands for a format of keys and values in kernels. */
    static int code(Format format) {
        return switch (format) {
            case F32 -> KV_F32;
            case F16 -> KV_F16;
            case Q8_0 -> KV_Q8_0;
            default -> throw new IllegalArgumentException("keys and values have no such format: format=" + format);
        };
    }
}
