package dev.javelin.kernels.reference;

import dev.javelin.api.Format;
import dev.javelin.api.Shape;
import dev.javelin.api.Tensor;
import dev.javelin.kernels.format.Codec;
import dev.javelin.kernels.format.Codecs;
import java.lang.foreign.MemorySegment;
import java.util.Random;

/** Numbers to calculate with: the same for the same seed. */
final class Samples {
    private Samples() {}

    /** Normally distributed floats. */
    static float[] gaussian(long seed, int count) {
        Random random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /** A weight of that format that holds the numbers as well as it can. */
    static Tensor tensor(String name, Format format, Shape shape, float... numbers) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Math.toIntExact(format.bytes(numbers.length))]);
        Codecs.of(format).encode(numbers, 0, numbers.length, bytes, 0);
        return new Tensor(name, format, shape, bytes);
    }

    /** What is left of the numbers when they are kept in that format. */
    static float[] rounded(Format format, float... numbers) {
        Codec codec = Codecs.of(format);
        MemorySegment bytes = MemorySegment.ofArray(new byte[Math.toIntExact(format.bytes(numbers.length))]);
        codec.encode(numbers, 0, numbers.length, bytes, 0);
        float[] rounded = new float[numbers.length];
        codec.decode(bytes, 0, rounded, 0, numbers.length);
        return rounded;
    }
}
