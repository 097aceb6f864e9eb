package dev.javelin.synth;

import dev.javelin.api.Format;
import dev.javelin.kernels.format.BlockScales;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/** Fills memory with random weights of one format. For one thread. */
interface Filler {

    /** The one for {@code format} and weights that are so large. */
    static Filler of(Format format, Contents.Around weights) {
        return BlockScales.of(format).count() == 0 || weights.mean() != 0
                ? new EncodedWeights(format, weights)
                : new RandomBits(format, weights.deviation());
    }

    /** Fills whole blocks. */
    void fill(MemorySegment blocks, SplittableRandom random);
}
