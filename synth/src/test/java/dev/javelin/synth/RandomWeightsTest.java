package dev.javelin.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.javelin.api.Format;
import dev.javelin.kernels.format.Codecs;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RandomWeightsTest {
    private static final long SEED = 5;
    private static final int BLOCKS = 512;

    static Stream<Format> weightFormats() {
        return Arrays.stream(Format.values()).filter(format -> !format.storageOnly());
    }

    @ParameterizedTest
    @MethodSource("weightFormats")
    void weightsAreAsLargeAsAskedForAndAroundZero(Format format) {
        for (int width : new int[] {256, 1024, 16_384}) {
            double asked = 1 / Math.sqrt(width);
            float[] weights = weights(format, new Contents.Around(0, (float) asked));
            double sum = 0;
            double squares = 0;
            for (float weight : weights) {
                assertThat(weight).as("%s, seed=%d", format, SEED).isFinite();
                sum += weight;
                squares += (double) weight * weight;
            }
            // Scales that are powers of two, or floats of four bits, cannot be had as wanted.
            boolean coarse = format == Format.MXFP4 || format == Format.NVFP4;
            assertThat(Math.sqrt(squares / weights.length) / asked)
                    .as("size, %s, width=%d, seed=%d", format, width, SEED)
                    .isCloseTo(1, within(coarse ? 0.4 : 0.1));
            assertThat(sum / weights.length / asked)
                    .as("mean, %s, width=%d, seed=%d", format, width, SEED)
                    .isCloseTo(0, within(0.1));
        }
    }

    @ParameterizedTest
    @MethodSource("weightFormats")
    void noTwoBlocksAreAlike(Format format) {
        int block = Math.max(format.blockBytes(), 16 * format.blockBytes() / format.blockLength());
        byte[] bytes = bytes(format, new Contents.Around(0, 1)).toArray(ValueLayout.JAVA_BYTE);
        Set<String> blocks = new HashSet<>();
        for (int at = 0; at < bytes.length; at += block) {
            assertThat(blocks.add(Arrays.toString(Arrays.copyOfRange(bytes, at, at + block))))
                    .as("%s at %d is new, seed=%d", format, at, SEED)
                    .isTrue();
        }
    }

    /** Files of ternary weights never have the fourth code, though it can be read. */
    @Test
    void ternaryWeightsAreTernary() {
        float[] weights = weights(Format.TQ2_0, new Contents.Around(0, 1));
        for (int block = 0; block < BLOCKS; block++) {
            Set<Float> sizes = new HashSet<>();
            for (int i = block * 256; i < (block + 1) * 256; i++) {
                sizes.add(Math.abs(weights[i]));
            }
            assertThat(sizes).as("block %d, seed=%d", block, SEED).hasSize(2).contains(0f);
        }
    }

    @Test
    void normsAreAroundOne() {
        float[] weights = weights(Format.F32, new Contents.Around(1, 0.05f));
        for (float weight : weights) {
            assertThat(weight).as("seed=%d", SEED).isBetween(0.7f, 1.3f);
        }
    }

    private static float[] weights(Format format, Contents.Around around) {
        MemorySegment blocks = bytes(format, around);
        float[] weights = new float[(int) (blocks.byteSize() / format.blockBytes() * format.blockLength())];
        Codecs.of(format).decode(blocks, 0, weights, 0, weights.length);
        return weights;
    }

    /** So many blocks of 256 weights. */
    private static MemorySegment bytes(Format format, Contents.Around around) {
        MemorySegment blocks = MemorySegment.ofArray(new byte[(int) format.bytes(BLOCKS * 256)]);
        Filler.of(format, around).fill(blocks, new SplittableRandom(SEED));
        return blocks;
    }
}
