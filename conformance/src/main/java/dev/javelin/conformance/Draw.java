package dev.javelin.conformance;

import dev.javelin.api.Value;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;

/** The random numbers of one case: what each array holds depends on the seed, the case's name and the array's, on nothing else. */
record Draw(long seed, String name) {

    /** A source of its own for each purpose. */
    SplittableRandom random(String purpose) {
        return new SplittableRandom(mix(mix(seed, name), purpose));
    }

    private static long mix(long seed, String text) {
        long mixed = seed;
        for (int i = 0; i < text.length(); i++) {
            mixed = (mixed ^ text.charAt(i)) * 0x100000001B3L;
            mixed ^= mixed >>> 29;
        }
        return mixed;
    }

    /** A weight of any format and shape. */
    void weight(Contents to, Value weight) {
        to.weights.put(
                weight.name(), RandomBlocks.of(weight.format(), weight.shape().elements(), random(weight.name())));
    }

    /** An F32 vector with numbers between the bounds. */
    void vector(Contents to, Value weight, double least, double most) {
        SplittableRandom random = random(weight.name());
        float[] values = new float[Math.toIntExact(weight.shape().elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(least, most);
        }
        to.weights.put(weight.name(), bytes(values));
    }

    /** F32 numbers as the bytes of a weight. */
    static byte[] bytes(float[] values) {
        byte[] bytes = new byte[values.length * Float.BYTES];
        MemorySegment.copy(values, 0, MemorySegment.ofArray(bytes), ValueLayout.JAVA_FLOAT_UNALIGNED, 0, values.length);
        return bytes;
    }

    /** An input of so many rows; what is behind them, up to what the buffer holds, must not matter. */
    void input(Contents to, Value input, Spread spread, int rows, long most) {
        float[] values = new float[Math.toIntExact(most)];
        Arrays.fill(values, Float.NaN);
        float[] used = spread.fill(random(input.name()), rows, input.width());
        System.arraycopy(used, 0, values, 0, used.length);
        to.floats.put(input.name(), values);
    }
}
