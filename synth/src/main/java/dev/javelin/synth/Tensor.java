package dev.javelin.synth;

import java.util.Arrays;
import java.util.List;

/**
 * A tensor of a model, before its format is chosen.
 *
 * @param name in the file; within a layer without that of the layer
 * @param dims in the order of the file: the length of a row first
 */
record Tensor(String name, Part part, List<Long> dims, Contents contents) {

    /** Little enough that norms do not become all alike. */
    private static final Contents NORM = new Contents.Around(1, 0.05f);

    /** A matrix whose products are as large as what goes in: the variance of its weights is 1 / the length of a row. */
    static Tensor matrix(String name, Part part, long... dims) {
        return spread(name, part, 1, dims);
    }

    /** A matrix whose products are so many times as large as what goes in. */
    static Tensor spread(String name, Part part, float gain, long... dims) {
        float deviation = (float) (gain / Math.sqrt((double) dims[0]));
        return new Tensor(name, part, Arrays.stream(dims).boxed().toList(), new Contents.Around(0, deviation));
    }

    static Tensor norm(String name, long length) {
        return new Tensor(name, Part.VECTOR, List.of(length), NORM);
    }

    static Tensor vector(String name, List<Float> values) {
        return new Tensor(name, Part.VECTOR, List.of((long) values.size()), new Contents.Exactly(values));
    }

    Tensor within(String layer) {
        return new Tensor(layer + name, part, dims, contents);
    }

    /** The length of a row. */
    long columns() {
        return dims.getFirst();
    }

    long elements() {
        return dims.stream().reduce(1L, Math::multiplyExact);
    }
}
