package dev.javelin.cpu;

import dev.javelin.api.Attention;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Step;
import dev.javelin.kernels.host.PlanMemory;
import java.util.Arrays;

/**
 * {@link Attention}: each token and each KV head on its own, with all query heads that share that KV head, so that keys and
 * values are decoded once for them.
 *
 * <p>The keys and values that a token sees are taken in runs of {@link #RUN}, the oldest first. After each run the softmax
 * over all so far is known: a sum of shares that are relative to the largest score, and the values mixed by them. The runs are
 * the same whatever else is in the step, and so are the numbers.
 */
final class CpuAttention extends RowKernel {
    /** So many keys and values of usual size fit the first cache; a multiple of the lanes of every width. */
    private static final int RUN = 32;

    /** Rows are filled up to a multiple of the lanes of the widest vectors. */
    private static final int PAD = 16;

    private final AttentionMath math;
    private final ExpMath exp;
    private final Floats q;
    private final Floats out;
    private final KvRows keyRows;
    private final KvRows valueRows;
    private final int kvHeads;
    private final int sharing; // query heads of a KV head
    private final int window;
    private final float scale;
    private final float softCap;

    // What a worker's floats hold, and where.
    private final int keyStride;
    private final int valueStride;
    private final int queries = 0; // [sharing, keyStride]
    private final int keys; // [RUN, keyStride]
    private final int values; // [RUN, valueStride]
    private final int mixes; // [sharing, valueStride]
    private final int scores; // [RUN]
    private final int largest; // [sharing]
    private final int sums; // [sharing]

    CpuAttention(Attention op, WidthKernels kernels, PlanMemory<Placed> memory, Threads threads) {
        super(threads, op.q(), op.group().kvHeads(), work(op));
        KvGroup group = op.group();
        this.math = kernels.attention();
        this.exp = kernels.exp();
        this.q = Floats.of(op.q(), memory);
        this.out = Floats.of(op.out(), memory);
        this.keyRows = KvRows.keys(group, op.layer(), memory);
        this.valueRows = KvRows.values(group, op.layer(), memory);
        this.kvHeads = group.kvHeads();
        this.sharing = op.heads() / kvHeads;
        this.window = group.window();
        this.scale = op.scale();
        this.softCap = op.softCap();
        this.keyStride = Math.ceilDiv(group.keySize(), PAD) * PAD;
        this.valueStride = Math.ceilDiv(group.valueSize(), PAD) * PAD;
        this.keys = queries + sharing * keyStride;
        this.values = keys + RUN * keyStride;
        this.mixes = values + RUN * valueStride;
        this.scores = mixes + sharing * valueStride;
        this.largest = scores + RUN;
        this.sums = largest + sharing;
        threads.workspace().reserve(floats(op));
    }

    /** What a worker needs, which lies as the fields of this class say. */
    static int floats(Attention op) {
        KvGroup group = op.group();
        int sharing = op.heads() / group.kvHeads();
        int strides = Math.ceilDiv(group.keySize(), PAD) * PAD + Math.ceilDiv(group.valueSize(), PAD) * PAD;
        return (sharing + RUN) * strides + RUN + 2 * sharing;
    }

    /** A guess: how much context a token has shows only when it runs. */
    private static long work(Attention op) {
        return (long) op.q().width() / op.group().kvHeads() * 64;
    }

    @Override
    void row(Step now, int row, Workspace.Worker worker) {
        int token = row / kvHeads;
        int head = row % kvHeads;
        float[] floats = worker.floats();
        begin(token, head, floats);
        int count = 0;
        int sequence = now.sequence(token);
        int first = now.first(sequence);
        int last = now.kvIndex(token);
        for (int index = window == 0 ? 0 : Math.max(0, last - window + 1); index <= last; index++) {
            int other = first + index - now.kvIndex(first); // a new token, unless it is before the first
            if (other < first || now.visible(token, other)) {
                read(now, sequence, index, head, count++, floats);
                if (count == RUN) {
                    add(count, floats);
                    count = 0;
                }
            }
        }
        if (count > 0) {
            add(count, floats);
        }
        end(token, head, floats);
    }

    private void begin(int token, int head, float[] floats) {
        int keySize = keyRows.headSize();
        for (int i = 0; i < sharing; i++) {
            int query = queries + i * keyStride;
            q.read(token, (head * sharing + i) * keySize, keySize, floats, query);
            Arrays.fill(floats, query + keySize, query + keyStride, 0);
            Arrays.fill(floats, mixes + i * valueStride, mixes + (i + 1) * valueStride, 0);
            floats[largest + i] = Float.NEGATIVE_INFINITY;
            floats[sums + i] = 0;
        }
        for (int i = 0; i < RUN; i++) {
            int key = keys + i * keyStride;
            int value = values + i * valueStride;
            Arrays.fill(floats, key + keySize, key + keyStride, 0);
            Arrays.fill(floats, value + valueRows.headSize(), value + valueStride, 0);
        }
    }

    private void read(Step now, int sequence, int index, int head, int place, float[] floats) {
        decode(keyRows, keyRows.at(now, sequence, index), head, floats, keys + place * keyStride);
        decode(valueRows, valueRows.at(now, sequence, index), head, floats, values + place * valueStride);
    }

    private void decode(KvRows rows, long at, int head, float[] to, int toAt) {
        math.decode(rows.format(), rows.blocks(), at + head * rows.headBytes(), rows.headSize(), to, toAt);
    }

    /** Adds a run of keys and values to what is known of each query head. */
    private void add(int count, float[] floats) {
        for (int i = 0; i < sharing; i++) {
            math.scores(floats, queries + i * keyStride, floats, keys, count, keyStride, scale, floats, scores);
            Arrays.fill(floats, scores + count, scores + RUN, Float.NEGATIVE_INFINITY);
            if (softCap != 0) {
                exp.softCap(softCap, floats, scores, RUN);
            }
            float before = floats[largest + i];
            float now = before;
            for (int row = 0; row < count; row++) {
                now = Math.max(now, floats[scores + row]);
            }
            if (now == Float.NEGATIVE_INFINITY) {
                continue; // nothing has a share so far; the difference of two such scores would be NaN
            }
            for (int row = 0; row < RUN; row++) {
                floats[scores + row] -= now;
            }
            exp.exp(floats, scores, RUN);
            float keep = (float) Math.exp(before - now);
            float sum = floats[sums + i] * keep;
            for (int row = 0; row < count; row++) {
                sum += floats[scores + row];
            }
            floats[largest + i] = now;
            floats[sums + i] = sum;
            math.mix(floats, scores, floats, values, count, valueStride, keep, floats, mixes + i * valueStride);
        }
    }

    private void end(int token, int head, float[] floats) {
        int valueSize = valueRows.headSize();
        for (int i = 0; i < sharing; i++) {
            int mix = mixes + i * valueStride;
            for (int column = mix; column < mix + valueSize; column++) {
                floats[column] /= floats[sums + i];
            }
            out.write(token, (head * sharing + i) * valueSize, valueSize, floats, mix);
        }
    }
}
