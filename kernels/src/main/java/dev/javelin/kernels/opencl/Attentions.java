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
import java.util.List;
import java.util.Map;

/** Launches of what keeps keys and values, and of attention over them. */
final class Attentions {
    private static final int KV_F32 = 0;
    private static final int KV_F16 = 1;
    private static final int KV_Q8_0 = 2;

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
        long bytes = sizes.gpu() ? packed(op, limits).partBytes(op.group().valueSize()) : 0;
        return bytes == 0 ? List.of() : List.of(bytes);
    }

    private PackedAttention packed(Attention op, Limits limits) {
        return PackedAttention.of(op, sizes, head(op.group()), limits);
    }

    List<Launch> attention(Attention op, PlanFacts plan) {
        if (!sizes.gpu()) {
            KernelId kernel = new KernelId(
                    "attention",
                    "attention",
                    Map.of("LOCAL", Integer.toString(sizes.attention()), "HEAD", Integer.toString(head(op.group()))));
            Args args = inputs(op, new Args(plan).operand(op.out()), plan);
            return List.of(Launches.groups(
                    kernel, args, sizes.attention(), op.heads(), op.q().rows()));
        }
        PackedAttention packed = packed(op, plan.limits());
        Arg parts = packed.spread() == 1 ? new Arg.Operand(op.out()) : new Arg.Scratch(0);
        Args args = inputs(op, new Args(plan).operand(op.out()).add(parts), plan);
        return packed.launches(op, args, parts, plan);
    }

    /** What attention reads, behind what it writes. */
    private static Args inputs(Attention op, Args args, PlanFacts plan) {
        KvGroup group = op.group();
        boolean trees = plan.limits().extras().trees();
        return args.operand(op.q())
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
                .real(op.softCap());
    }

    /** Room for a head's key or value. */
    private static int head(KvGroup group) {
        int head = SMALLEST_HEAD;
        while (head < Math.max(group.keySize(), group.valueSize())) {
            head *= 2;
        }
        return head;
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
