package dev.javelin.kernels.cuda;

import dev.javelin.api.Attention;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.StepColumn;
import dev.javelin.kernels.gpu.Arg;
import dev.javelin.kernels.gpu.Grid;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import dev.javelin.kernels.opencl.Args;
import java.util.List;

/** Launches of attention. */
final class Attentions {
    private static final int KV_F32 = 0;
    private static final int KV_F16 = 1;
    private static final int KV_Q8_0 = 2;

    /** Threads of a block, and what it has shared memory for; as in {@code attention.cu}. */
    private static final int THREADS = 64;

    /** The largest head that the kernels take. */
    static final int LARGEST_HEAD = 2048;

    boolean supports(Attention op) {
        return Math.max(op.group().keySize(), op.group().valueSize()) <= LARGEST_HEAD;
    }

    List<Launch> attention(Attention op, PlanFacts plan) {
        KvGroup group = op.group();
        boolean trees = plan.limits().extras().trees();
        Args args = new Args(plan)
                .operand(op.out())
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
                .real(op.softCap());
        Grid grid = Grid.of(
                Grid.fixed(THREADS, op.heads()), Grid.perRow(1, 1, op.q().rows()));
        return List.of(new Launch(new KernelId("attention", "attention"), args.list(), grid));
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
