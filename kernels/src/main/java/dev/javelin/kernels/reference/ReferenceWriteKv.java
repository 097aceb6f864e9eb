package dev.javelin.kernels.reference;

import dev.javelin.api.Step;
import dev.javelin.api.WriteKv;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;

/** {@link WriteKv}. */
final class ReferenceWriteKv implements Kernel {
    private final Floats k;
    private final Floats v;
    private final KvRows keys;
    private final KvRows values;
    private final float[] key;
    private final float[] value;

    ReferenceWriteKv(WriteKv op, PlanMemory<?> memory) {
        this.k = Floats.of(op.k(), memory);
        this.v = Floats.of(op.v(), memory);
        this.keys = KvRows.keys(op.group(), op.layer(), memory);
        this.values = KvRows.values(op.group(), op.layer(), memory);
        this.key = new float[k.width()];
        this.value = new float[v.width()];
    }

    @Override
    public void run(Step step) {
        for (int token = 0; token < step.tokens(); token++) {
            int sequence = step.sequence(token);
            k.read(token, key);
            keys.write(step, sequence, step.kvIndex(token), key);
            v.read(token, value);
            values.write(step, sequence, step.kvIndex(token), value);
        }
    }
}
