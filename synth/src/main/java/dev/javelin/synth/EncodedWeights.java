package dev.javelin.synth;

import dev.javelin.api.Format;
import dev.javelin.kernels.format.Codec;
import dev.javelin.kernels.format.Codecs;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * Weights from the normal distribution, encoded. They are drawn from a table, because making each would take longer than the
 * disk takes to write it.
 */
final class EncodedWeights implements Filler {
    private static final int TABLE = 1 << 12;
    private static final long SEED = 1;

    private final Format format;
    private final Codec codec;
    private final float[] table = new float[TABLE];
    private final float[] drawn = new float[4096];

    EncodedWeights(Format format, Contents.Around weights) {
        this.format = format;
        this.codec = Codecs.of(format);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) (weights.mean() + weights.deviation() * random.nextGaussian());
        }
    }

    @Override
    public void fill(MemorySegment blocks, SplittableRandom random) {
        long bytesAtOnce = format.bytes(drawn.length);
        for (long at = 0; at < blocks.byteSize(); at += bytesAtOnce) {
            long bytes = Math.min(bytesAtOnce, blocks.byteSize() - at);
            int count = (int) (bytes / format.blockBytes() * format.blockLength());
            draw(count, random);
            codec.encode(drawn, 0, count, blocks, at);
        }
    }

    /** Draws so many numbers, and up to three more, for which there is room. */
    private void draw(int count, SplittableRandom random) {
        int mask = table.length - 1;
        for (int i = 0; i < count; i += 4) {
            long bits = random.nextLong();
            drawn[i] = table[(int) bits & mask];
            drawn[i + 1] = table[(int) (bits >>> 16) & mask];
            drawn[i + 2] = table[(int) (bits >>> 32) & mask];
            drawn[i + 3] = table[(int) (bits >>> 48) & mask];
        }
    }
}
