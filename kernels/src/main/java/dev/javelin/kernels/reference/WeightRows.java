package dev.javelin.kernels.reference;

import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.kernels.format.Codec;
import dev.javelin.kernels.format.Codecs;
import dev.javelin.kernels.host.PlanMemory;

/** A weight read row by row: each is decoded into the same array, whatever its format. For one thread. */
final class WeightRows {
    private final Tensor tensor;
    private final Codec codec;
    private final float[] row;

    WeightRows(Value weight, PlanMemory<Tensor> memory) {
        this.tensor = memory.weight(weight);
        this.codec = Codecs.of(tensor.format());
        this.row = new float[tensor.columns()];
    }

    /** Rows over all dimensions but the last. */
    long count() {
        return tensor.rows();
    }

    /** Elements of a row. */
    int width() {
        return row.length;
    }

    /** The numbers of a row, until the next one is read. */
    float[] read(long index) {
        codec.decode(tensor.data(), index * tensor.rowStride(), row, 0, row.length);
        return row;
    }
}
