package dev.javelin.kernels.opencl;

import dev.javelin.api.Attention;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.StepColumn;
import dev.javelin.api.Value;
import dev.javelin.api.WriteKv;
import dev.javelin.kernels.gpu.Arg;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Launches of what keeps keys and values, and of attention over them. */
final class Attentions {
    private static final int KV_F32 = 0;
    private static final int KV_F16 = 1;
    private static final int KV_Q8_0 = 2;

    /** Kept tokens for which a group of its own pays. */
    private static final int TOKENS_PER_SPLIT = 256;

    private static final int MOST_SPLITS = 64;

    /** Of a head's key or value: what a group has local memory for. */
    private static final int SMALLEST_HEAD = 128;

    private static final int LARGEST_HEAD = 2048;

    private final Sizes sizes;

    Attentions(Sizes sizes) {
        this.sizes = sizes;
    }

    boolean supports(Attention op) {
        return Math.max(op.group().keySize(), op.group().valueSize()) <= LARGEST_HEAD;
    }

    List<Launch> writeKv(WriteKv op, PlanFacts plan) {
        KvGroup group = op.group();
        return List.of(
                write(op.k(), group.keyFormat(), new Arg.Keys(group, op.layer()), group, plan),
                write(op.v(), group.valueFormat(), new Arg.Values(group, op.layer()), group, plan));
    }

    private Launch write(Value x, Format format, Arg kept, KvGroup group, PlanFacts plan) {
        Args args = new Args(plan)
                .add(kept)
                .operand(x)
                .add(new Arg.BlockTable(group))
                .column(StepColumn.SEQUENCE)
                .column(StepColumn.KV_INDEX)
                .counts()
                .number(x.width())
                .number(plan.blockTokens())
                .number(plan.blocksPerSequence())
                .number(code(format));
        KernelId kernel = new KernelId("write_kv", format == Format.Q8_0 ? "write_q8_0" : "write_plain");
        return Launches.elements(kernel, args, sizes, x.width() / format.blockLength(), x.rows());
    }

    List<Long> scratch(Attention op, Limits limits) {
        int splits = splits(op, limits);
        long floats = (long) limits.tokens() * op.heads() * splits * (op.group().valueSize() + 2);
        return splits == 1 ? List.of() : List.of(floats * Float.BYTES);
    }

    List<Launch> attention(Attention op, PlanFacts plan) {
        KvGroup group = op.group();
        int splits = splits(op, plan.limits());
        Arg parts = splits == 1 ? new Arg.Operand(op.out()) : new Arg.Scratch(0);
        boolean trees = plan.limits().extras().trees();
        Args args = new Args(plan)
                .operand(op.out())
                .add(parts)
                .operand(op.q())
                .add(new Arg.Keys(group, op.layer()))
                .add(new Arg.Values(group, op.layer()))
                .add(new Arg.BlockTable(group))
                .column(StepColumn.SEQUENCE)
                .column(StepColumn.KV_INDEX)
                .column(StepColumn.FIRST)
                .column(StepColumn.TREE)
                .column(StepColumn.VISIBLE)
                .counts()
                .number(op.heads())
                .number(group.kvHeads())
                .number(group.keySize())
                .number(group.valueSize())
                .number(code(group.keyFormat()))
                .number(code(group.valueFormat()))
                .number(group.window())
                .number(plan.blockTokens())
                .number(plan.blocksPerSequence())
                .number(trees ? Math.ceilDiv(plan.limits().tokens(), Integer.SIZE) : 0)
                .real(op.scale())
                .real(op.softCap())
                .number(splits);
        List<Launch> launches = new ArrayList<>();
        launches.add(Launches.groups(
                kernel("attention", group),
                args,
                sizes.attention(),
                op.heads() * splits,
                op.q().rows()));
        if (splits > 1) {
            Args merged = new Args(plan)
                    .operand(op.out())
                    .add(parts)
                    .counts()
                    .number(op.heads())
                    .number(group.valueSize())
                    .number(splits);
            launches.add(Launches.groups(
                    kernel("merge", group),
                    merged,
                    sizes.attention(),
                    op.heads(),
                    op.q().rows()));
        }
        return launches;
    }

    /** Groups for each head of a token: several where there are few tokens and a long context. */
    private int splits(Attention op, Limits limits) {
        int window = op.group().window();
        int seen = window == 0 ? limits.context() : Math.min(window, limits.context());
        long groups = (long) op.heads() * limits.tokens();
        long wanted = Math.ceilDiv(sizes.parallel(), groups);
        return Math.clamp(wanted, 1, Math.min(MOST_SPLITS, Math.ceilDiv(seen, TOKENS_PER_SPLIT)));
    }

    private KernelId kernel(String entry, KvGroup group) {
        int head = SMALLEST_HEAD;
        while (head < Math.max(group.keySize(), group.valueSize())) {
            head *= 2;
        }
        Map<String, String> defines =
                Map.of("LOCAL", Integer.toString(sizes.attention()), "HEAD", Integer.toString(head));
        return new KernelId("attention", entry, defines);
    }

    private static int code(Format format) {
        return switch (format) {
            case F32 -> KV_F32;
            case F16 -> KV_F16;
            case Q8_0 -> KV_Q8_0;
            default -> throw new IllegalArgumentException("keys and values have no such format: format=" + format);
        };
    }
}
