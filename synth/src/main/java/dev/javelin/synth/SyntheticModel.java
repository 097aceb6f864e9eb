package dev.javelin.synth;

import dev.javelin.runtime.gguf.GgufOutput;
import java.nio.file.Path;
import java.util.List;

/**
 * A model file with random weights, in the exact shape of a known model: the same tensors, dimensions, formats and metadata,
 * so that it takes the same memory and time. What it says is gibberish.
 *
 * <p>The same shape, format and seed give the same bytes. Immutable, usable from any thread.
 */
public final class SyntheticModel {
    private final Shape shape;
    private final Mix mix;
    private final long seed;

    SyntheticModel(Shape shape, Mix mix, long seed) {
        this.shape = shape;
        this.mix = mix;
        this.seed = seed;
    }

    /**
     * A model of that shape and format, with seed 0.
     *
     * @param shape one of {@link #shapes()}
     * @param format one of {@link #formats()}
     * @throws IllegalArgumentException if there is no such shape or format, with the list of those that there are
     */
    public static SyntheticModel of(String shape, String format) {
        return new SyntheticModel(new Shapes().named(shape), new Mixes().named(format), 0);
    }

    /** The names of all shapes, such as {@code qwen3-0.6b}. Upper and lower case are the same. */
    public static List<String> shapes() {
        return new Shapes().names();
    }

    /**
     * The names of all formats and mixes of formats, such as {@code Q4_0} and {@code Q4_K_M}. Upper and lower case are the
     * same.
     */
    public static List<String> formats() {
        return new Mixes().names();
    }

    /** The same with other weights. */
    public SyntheticModel withSeed(long other) {
        return new SyntheticModel(shape, mix, other);
    }

    /** How many numbers were trained in the model that has this shape; what serves twice counts once. */
    public long parameters() {
        return shape.parameters();
    }

    /** Bytes of all tensors: what a program reads for each token, but for the embeddings of others. */
    public long tensorBytes() {
        return shape.tensors().stream()
                .mapToLong(tensor -> mix.format(tensor, shape).bytes(tensor.elements()))
                .sum();
    }

    /** Bytes of the file. */
    public long fileBytes() {
        return output().bytes();
    }

    /** Writes the file; see {@link #write(Path, GgufOutput.Listener)}. */
    public void write(Path file) {
        write(file, GgufOutput.Listener.NONE);
    }

    /**
     * Writes the file, under another name until it is complete.
     *
     * @throws dev.javelin.runtime.gguf.GgufException if there is such a file already, the folder cannot be written to or
     *     lacks the room, or writing fails; nothing is left behind then
     * @throws dev.javelin.runtime.gguf.WriteCancelledException if the listener asked for it
     */
    public void write(Path file, GgufOutput.Listener listener) {
        output().write(file, listener);
    }

    private GgufOutput output() {
        GgufOutput out = new GgufOutput()
                .string("general.architecture", shape.family().architecture())
                .string("general.type", "model")
                .string("general.name", "Synthetic " + shape.title())
                .string("general.description", "Random weights for measuring; not for use.")
                .uint32("general.quantization_version", 2);
        if (mix.fileType() >= 0) {
            out.uint32("general.file_type", mix.fileType());
        }
        shape.describe(out);
        new Vocabulary(shape.vocabulary()).describe(shape.family().preTokenizer(), out);
        TensorData data = new TensorData(seed);
        for (Tensor tensor : shape.tensors()) {
            var format = mix.format(tensor, shape);
            out.tensor(tensor.name(), format, tensor.dims(), sink -> data.write(tensor, format, sink));
        }
        return out;
    }

    @Override
    public String toString() {
        return shape.name() + " " + mix.name() + ", seed=" + seed;
    }
}
