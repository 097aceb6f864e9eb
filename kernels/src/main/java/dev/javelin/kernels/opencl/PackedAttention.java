package dev.javelin.kernels.opencl;

import dev.javelin.api.Attention;
import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Limits;
import dev.javelin.kernels.gpu.Arg;
import dev.javelin.kernels.gpu.Grid;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import java.util.List;
import java.util.Map;

/**
 * How attention is spread over the groups of a GPU: queries that share keys are packed, and where a step has few tokens several
 * groups share the kept tokens of a query. {@code packed.cl} draws it.
 *
 * @param local work-items of a group
 * @param head room for a head's key or value, a power of two
 * @param heads of the queries
 * @param keyHeads of keys and values
 * @param spread tiles of queries for which there are groups, at least; with fewer, kept tokens are shared
 */
record PackedAttention(int local, int head, int heads, int keyHeads, int spread) {
    /** Most queries of a group: so many sums does a work-item keep at hand. */
    private static final int MOST_QUERIES = 8;

    /** Numbers of queries that a group has local memory for; as in {@code packed.cl}. */
    private static final int ROOM = 2048;

    /** Kept tokens for which a group of its own pays. */
    private static final int TOKENS_PER_SPLIT = 256;

    private static final int MOST_SPLITS = 64;

    static PackedAttention of(Attention op, Sizes sizes, int head, Limits limits) {
        PackedAttention alone = new PackedAttention(
                sizes.attention(), head, op.heads(), op.group().kvHeads(), 1);
        int window = op.group().window();
        int seen = window == 0 ? limits.context() : Math.min(window, limits.context());
        int wanted = Math.ceilDiv(sizes.parallel(), alone.groupsPerTile());
        int spread = Math.clamp(wanted, 1, Math.min(MOST_SPLITS, Math.ceilDiv(seen, TOKENS_PER_SPLIT)));
        return new PackedAttention(alone.local(), head, alone.heads(), alone.keyHeads(), spread);
    }

    /** Queries of a group. */
    private int queries() {
        return Math.min(MOST_QUERIES, ROOM / head);
    }

    private int shared() {
        return heads / keyHeads;
    }

    /** Tokens of a group, if there are many. */
    private int together() {
        return Math.max(1, queries() / shared());
    }

    /** Groups for the heads of a tile of tokens. */
    private int groupsPerTile() {
        return keyHeads * Math.ceilDiv(shared(), queries());
    }

    /** Bytes of what groups leave that share kept tokens; 0 if none do. */
    long partBytes(int valueSize) {
        return spread == 1 ? 0 : (long) spread * together() * heads * (valueSize + 2) * Float.BYTES;
    }

    private KernelId kernel(String entry) {
        return new KernelId(
                "packed",
                entry,
                Map.of(
                        "LOCAL", Integer.toString(local),
                        "HEAD", Integer.toString(head),
                        "QUERIES", Integer.toString(queries()),
                        "PARTS", Integer.toString(local / queries())));
    }

    /** The launches, with the arguments that all kernels of attention have. */
    List<Launch> launches(Attention op, Args args, Arg parts, PlanFacts plan) {
        Grid grid = Grid.of(new Grid.Axis(local, groupsPerTile() * spread, Symbol.TOKENS, spread));
        args.number(together()).number(spread);
        Launch attention = new Launch(kernel("packed"), args.list(), grid);
        if (spread == 1) {
            return List.of(attention);
        }
        Args merged = new Args(plan)
                .operand(op.out())
                .add(parts)
                .counts()
                .number(heads)
                .number(op.group().valueSize())
                .number(together())
                .number(spread);
        int most = Math.min(plan.limits().tokens(), together() * spread / 2); // with more, nothing is shared
        Grid rows = Grid.of(Grid.fixed(local, heads), Grid.fixed(1, Math.max(1, most)));
        return List.of(attention, new Launch(kernel("merge"), merged.list(), rows));
    }
}
