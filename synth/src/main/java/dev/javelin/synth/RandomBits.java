package dev.javelin.synth;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.javelin.api.Format;
import dev.javelin.kernels.format.BlockScales;
import dev.javelin.kernels.format.Codecs;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Blocks of random bits whose scales are then set, so that the weights are around zero and as large as asked for. That is
 * many times faster than encoding numbers.
 */
final class RandomBits implements Filler {

    /** Scales to draw from: a power of two. */
    private static final int SCALES = 256;

    /** Blocks by which it is measured how large weights are. */
    private static final int MEASURED = 256;

    private static final long SEED = 1;

    /** The upper bit of each two. */
    private static final long UPPER = 0xAAAA_AAAA_AAAA_AAAAL;

    private final Format format;
    private final BlockScales scales;

    /** By the number of the scale in the block, then by what is drawn. */
    private final float[][] values;

    /** @param deviation square root of the mean of squares */
    RandomBits(Format format, float deviation) {
        this.format = format;
        this.scales = BlockScales.of(format);
        this.values = new float[scales.count()][SCALES];
        float[] unit = unit();
        double size = Math.sqrt(mean(unit, 2));
        SplittableRandom random = new SplittableRandom(SEED);
        double spread = Math.sqrt(1 + 1 / 48.0); // root of the mean square of numbers even from 3/4 to 5/4
        for (int i = 0; i < SCALES; i++) {
            int sign = i % 2 == 0 ? 1 : -1; // codes need not be around zero, blocks are then
            double scale = sign * random.nextDouble(0.75, 1.25) * deviation / (size * spread);
            for (int j = 0; j < values.length; j++) {
                values[j][i] = (float) (scale * unit[j]);
            }
        }
    }

    /**
     * Scales of weights around zero. Where one number is multiplied and another added, the second is such that it takes away
     * the mean of the products.
     */
    private float[] unit() {
        float[] unit = new float[scales.count()];
        Arrays.fill(unit, 1);
        if (unit.length == 2) {
            unit[1] = (float) (-mean(new float[] {1, 0}, 1) / mean(new float[] {0, 1}, 1));
        }
        return unit;
    }

    /** The mean of the powers of the weights of blocks with these scales. */
    private double mean(float[] blockScales, int power) {
        MemorySegment blocks = MemorySegment.ofArray(new byte[MEASURED * format.blockBytes()]);
        bits(blocks, new SplittableRandom(SEED));
        for (int block = 0; block < MEASURED; block++) {
            for (int i = 0; i < blockScales.length; i++) {
                scales.set(blocks, (long) block * format.blockBytes(), i, blockScales[i]);
            }
        }
        float[] weights = new float[MEASURED * format.blockLength()];
        Codecs.of(format).decode(blocks, 0, weights, 0, weights.length);
        double sum = 0;
        for (float weight : weights) {
            sum += Math.pow(weight, power);
        }
        return sum / weights.length;
    }

    @Override
    public void fill(MemorySegment blocks, SplittableRandom random) {
        bits(blocks, random);
        for (long at = 0; at < blocks.byteSize(); ) {
            long draw = random.nextLong();
            for (int i = 0; i < Long.BYTES && at < blocks.byteSize(); i++, at += format.blockBytes()) {
                for (int j = 0; j < values.length; j++) {
                    scales.set(blocks, at, j, values[j][(int) draw & (SCALES - 1)]);
                }
                draw >>>= Byte.SIZE;
            }
        }
    }

    private void bits(MemorySegment blocks, SplittableRandom random) {
        // Ternary weights have no code of two set bits, though the format has.
        long never = format == Format.TQ2_0 ? UPPER : 0;
        long last = blocks.byteSize() - Long.BYTES; // every block is longer than that
        for (long at = 0; at < last; at += Long.BYTES) {
            blocks.set(JAVA_LONG_UNALIGNED, at, valid(random.nextLong(), never));
        }
        blocks.set(JAVA_LONG_UNALIGNED, last, valid(random.nextLong(), never));
    }

    private static long valid(long bits, long never) {
        return bits & ~(bits << 1 & bits & never);
    }
}
