package dev.javelin.kernels.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BlockScalesTest {
    private static final long SEED = 7;

    static Stream<Format> weightFormats() {
        return Arrays.stream(Format.values()).filter(format -> !format.storageOnly());
    }

    static Stream<Format> scaledFormats() {
        return weightFormats().filter(format -> BlockScales.of(format).count() > 0);
    }

    /** Otherwise random bits would be made weights of any size, even infinite ones. */
    @ParameterizedTest
    @MethodSource("weightFormats")
    void whatHasNoScalesHasAnEncoder(Format format) {
        assertThat(BlockScales.of(format).count() > 0 || Codecs.of(format).encodes())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("scaledFormats")
    void weightsGrowWithAllScales(Format format) {
        byte[] bits = random(format);
        float[] one = decode(format, scaled(format, bits.clone(), 0.25f));
        float[] two = decode(format, scaled(format, bits.clone(), 0.5f));
        assertThat(one).as("seed=%d", SEED).isNotEqualTo(new float[one.length]);
        for (int i = 0; i < one.length; i++) {
            assertThat(two[i]).as("weight %d, seed=%d", i, SEED).isEqualTo(2 * one[i]);
        }
    }

    @ParameterizedTest
    @MethodSource("scaledFormats")
    void signsTurnWeightsOverWhereThereAreSigns(Format format) {
        byte[] bits = random(format);
        float[] plus = decode(format, scaled(format, bits.clone(), 0.25f));
        float[] minus = decode(format, scaled(format, bits.clone(), -0.25f));
        float sign = BlockScales.of(format).signed() ? -1 : 1;
        for (int i = 0; i < plus.length; i++) {
            assertThat(minus[i] + 0.0f).as("weight %d, seed=%d", i, SEED).isEqualTo(sign * plus[i] + 0.0f);
        }
    }

    @ParameterizedTest
    @MethodSource("scaledFormats")
    void allOtherBitsStay(Format format) {
        byte[] bits = random(format);
        byte[] there = scaled(format, bits.clone(), 0.25f);
        byte[] again = scaled(format, scaled(format, bits.clone(), 3), 0.25f);
        assertThat(again).as("seed=%d", SEED).isEqualTo(there);
        int changed = 0;
        for (int i = 0; i < bits.length; i++) {
            changed += bits[i] == there[i] ? 0 : 1;
        }
        assertThat(changed).as("bytes changed, seed=%d", SEED).isLessThanOrEqualTo(4);
    }

    /** The quants are set to 1 so that a weight shows the scale. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.001953125, 0.001953125", // the least
        "0.0068, 0.005859375", // 3.48 of the least
        "1, 1",
        "1.06, 1",
        "1.07, 1.125",
        "1.99, 2",
        "448, 448",
        "10000, 448",
        "Infinity, 448"
    })
    void smallFloatsAreTheNearest(float scale, float expected) {
        byte[] block = new byte[Format.NVFP4.blockBytes()];
        Arrays.fill(block, 4, block.length, (byte) 0x22);
        assertThat(decode(Format.NVFP4, scaled(Format.NVFP4, block, scale))).containsOnly(expected);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1.49, 1", "1.5, 2", "0.3, 0.25", "0.4, 0.5", "3, 4"})
    void powersOfTwoAreTheNearest(float scale, float expected) {
        byte[] block = new byte[Format.MXFP4.blockBytes()];
        Arrays.fill(block, 1, block.length, (byte) 0x22);
        assertThat(decode(Format.MXFP4, scaled(Format.MXFP4, block, scale))).containsOnly(expected);
    }

    @ParameterizedTest
    @MethodSource("weightFormats")
    void thereAreNoOthers(Format format) {
        BlockScales scales = BlockScales.of(format);
        MemorySegment block = MemorySegment.ofArray(new byte[format.blockBytes()]);
        assertThatThrownBy(() -> scales.set(block, 0, scales.count(), 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static byte[] random(Format format) {
        byte[] bits = new byte[format.blockBytes()];
        new SplittableRandom(SEED).nextBytes(bits);
        return bits;
    }

    private static byte[] scaled(Format format, byte[] block, float scale) {
        BlockScales scales = BlockScales.of(format);
        for (int i = 0; i < scales.count(); i++) {
            scales.set(MemorySegment.ofArray(block), 0, i, scale);
        }
        return block;
    }

    private static float[] decode(Format format, byte[] block) {
        float[] weights = new float[format.blockLength()];
        Codecs.of(format).decode(MemorySegment.ofArray(block), 0, weights, 0, weights.length);
        return weights;
    }
}
