package dev.javelin.kernels.reference;

import dev.javelin.api.Attention;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.Step;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;

/**
 * {@link Attention}: for each sequence and each KV head, all keys and values that the new tokens may see are decoded into
 * scratch memory once; then each new token and each query head that uses them is worked out on its own.
 */
final class ReferenceAttention implements Kernel {
    private final Attention op;
    private final Floats out;
    private final Floats q;
    private final KvRows kvKeys;
    private final KvRows kvValues;
    private final Floats keys; // [seen, keySize], of one sequence and head
    private final Floats values; // [seen, valueSize]
    private final float[] key;
    private final float[] value;
    private final int[] rows; // of keys and values, those that one token sees
    private final double[] shares; // of those rows, first their scores

    ReferenceAttention(Attention op, PlanMemory<?> memory) {
        KvGroup group = op.group();
        long keyBytes = bytes(group.keySize(), memory.limits());
        this.op = op;
        this.out = Floats.of(op.out(), memory);
        this.q = Floats.of(op.q(), memory);
        this.kvKeys = KvRows.keys(group, op.layer(), memory);
        this.kvValues = KvRows.values(group, op.layer(), memory);
        this.keys = new Floats(memory.scratch().asSlice(0, keyBytes), group.keySize());
        this.values = new Floats(
                memory.scratch().asSlice(keyBytes, bytes(group.valueSize(), memory.limits())), group.valueSize());
        this.key = new float[group.keySize()];
        this.value = new float[group.valueSize()];
        this.rows = new int[memory.limits().context()];
        this.shares = new double[memory.limits().context()];
    }

    static long scratchBytes(Attention op, Limits limits) {
        return bytes(op.group().keySize(), limits) + bytes(op.group().valueSize(), limits);
    }

    private static long bytes(int width, Limits limits) {
        return (long) limits.context() * width * Float.BYTES;
    }

    @Override
    public void run(Step step) {
        int group = op.heads() / op.group().kvHeads();
        for (int sequence = 0; sequence < step.sequences(); sequence++) {
            int first = step.first(sequence);
            int end = first + step.count(sequence);
            int from = oldest(step.kvIndex(first));
            for (int kvHead = 0; kvHead < op.group().kvHeads(); kvHead++) {
                decode(step, sequence, kvHead, from, step.kvIndex(end - 1));
                for (int token = first; token < end; token++) {
                    for (int head = kvHead * group; head < (kvHead + 1) * group; head++) {
                        attend(step, token, head, from);
                    }
                }
            }
        }
    }

    /** The first KV index that a token sees. */
    private int oldest(int kvIndex) {
        int window = op.group().window();
        return window == 0 ? 0 : Math.max(0, kvIndex - window + 1);
    }

    private void decode(Step step, int sequence, int kvHead, int from, int last) {
        for (int index = from; index <= last; index++) {
            kvKeys.read(step, sequence, index, kvHead, key);
            keys.write(index - from, key);
            kvValues.read(step, sequence, index, kvHead, value);
            values.write(index - from, value);
        }
    }

    /** One head of one token; {@code from} is the KV index of the first row of keys and values. */
    private void attend(Step step, int token, int head, int from) {
        int count = 0;
        double largest = Double.NEGATIVE_INFINITY;
        for (int index = oldest(step.kvIndex(token)); index <= step.kvIndex(token); index++) {
            if (sees(step, token, index)) {
                rows[count] = index - from;
                shares[count] = score(token, head, index - from);
                largest = Math.max(largest, shares[count]);
                count++;
            }
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            shares[i] = StrictMath.exp(shares[i] - largest);
            sum += shares[i];
        }
        for (int column = 0; column < values.width(); column++) {
            double mixed = 0;
            for (int i = 0; i < count; i++) {
                mixed += shares[i] * values.get(rows[i], column);
            }
            out.set(token, head * values.width() + column, mixed / sum);
        }
    }

    /** Whether a token sees a KV index that is neither later than its own nor behind its window. */
    private static boolean sees(Step step, int token, int index) {
        int first = step.first(step.sequence(token));
        int other = first + index - step.kvIndex(first);
        return other < first || step.visible(token, other);
    }

    private double score(int token, int head, int row) {
        double dot = 0;
        for (int i = 0; i < keys.width(); i++) {
            dot += q.get(token, head * keys.width() + i) * keys.get(row, i);
        }
        double score = op.scale() * dot;
        return op.softCap() == 0 ? score : op.softCap() * StrictMath.tanh(score / op.softCap());
    }
}
