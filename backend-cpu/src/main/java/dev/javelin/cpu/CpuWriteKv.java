package dev.javelin.cpu;

import dev.javelin.api.Step;
import dev.javelin.api.WriteKv;
import dev.javelin.kernels.format.Codecs;
import dev.javelin.kernels.host.PlanMemory;

/** {@link WriteKv}, with the encoders of the formats. */
final class CpuWriteKv extends RowKernel {
    private final Floats keys;
    private final Floats values;
    private final KvRows keyRows;
    private final KvRows valueRows;

    CpuWriteKv(WriteKv op, PlanMemory<Placed> memory, Threads threads) {
        super(threads, op.k(), (long) op.k().width() + op.v().width());
        this.keys = Floats.of(op.k(), memory);
        this.values = Floats.of(op.v(), memory);
        this.keyRows = KvRows.keys(op.group(), op.layer(), memory);
        this.valueRows = KvRows.values(op.group(), op.layer(), memory);
        threads.workspace().reserve(Math.max(keys.width(), values.width()));
    }

    @Override
    void row(Step now, int token, Workspace.Worker worker) {
        write(now, token, keys, keyRows, worker.floats());
        write(now, token, values, valueRows, worker.floats());
    }

    private static void write(Step now, int token, Floats from, KvRows to, float[] row) {
        from.read(token, 0, from.width(), row, 0);
        long at = to.at(now, now.sequence(token), now.kvIndex(token));
        Codecs.of(to.format()).encode(row, 0, from.width(), to.blocks(), at);
    }
}
