package dev.javelin.kernels.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncodeTest {

    /** Into how many steps a block of the format divides its range. */
    private static int steps(Format format) {
        return switch (format) {
            case Q4_0, Q4_1 -> 15;
            case Q5_0, Q5_1 -> 31;
            case Q8_0, Q8_K -> 254;
            default -> throw new IllegalArgumentException(format.name());
        };
    }

    static Stream<Format> encodable() {
        return DecodeTest.weightFormats().filter(format -> Codecs.of(format).encodes());
    }

    static Stream<Format> encodableBlocks() {
        return encodable().filter(format -> format.blockLength() > 1);
    }

    static List<BlockCase> cases() {
        return BlockCase.encoded();
    }

    @Test
    void theFixedEncodingsAreThere() {
        assertThat(encodable())
                .contains(Format.F32, Format.F16, Format.BF16)
                .contains(Format.Q4_0, Format.Q4_1, Format.Q5_0, Format.Q5_1, Format.Q8_0, Format.Q8_K);
        assertThat(cases().stream().map(it -> it.format))
                .containsExactlyInAnyOrderElementsOf(
                        encodable().filter(format -> format != Format.F32).toList());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void encodesToTheBytesOfTheReference(BlockCase block) {
        assertThat(encode(block.format, block.floats)).isEqualTo(block.blocks);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writesOnlyTheBytesAskedFor(BlockCase block) {
        byte[] bytes = new byte[block.blocks.length + 10];
        Arrays.fill(bytes, (byte) 42);
        float[] floats = new float[block.floats.length + 3];
        System.arraycopy(block.floats, 0, floats, 3, block.floats.length);
        Codecs.of(block.format).encode(floats, 3, block.floats.length, MemorySegment.ofArray(bytes), 5);
        assertThat(Arrays.copyOfRange(bytes, 5, bytes.length - 5)).isEqualTo(block.blocks);
        for (int i = 0; i < 5; i++) {
            assertThat(bytes[i]).isEqualTo((byte) 42);
            assertThat(bytes[bytes.length - 1 - i]).isEqualTo((byte) 42);
        }
    }

    @ParameterizedTest
    @MethodSource("encodableBlocks")
    void comesBackWithinAStep(Format format) {
        Random random = new Random(11);
        float[] floats = new float[format.blockLength() * 40];
        for (float magnitude : new float[] {1e-6f, 1e-3f, 1f, 1000f, 60000f}) {
            for (int i = 0; i < floats.length; i++) {
                float outlier = random.nextInt(100) == 0 ? 8 : 1;
                floats[i] = magnitude * outlier * (float) random.nextGaussian() / 40;
            }
            float[] back = decode(format, encode(format, floats));
            for (int block = 0; block < floats.length; block += format.blockLength()) {
                double peak = Math.abs(Extent.peak(floats, block, format.blockLength()));
                // One step, since the far end of a range can be clipped; the scale itself is rounded to F16,
                // which near zero has a spacing of 2^-24.
                double allowed = 2 * peak / steps(format) * 1.1 + peak / 1024 + steps(format) * 0x1p-25;
                for (int i = block; i < block + format.blockLength(); i++) {
                    assertThat(Math.abs((double) back[i] - floats[i]))
                            .as("element %d: %s became %s", i, floats[i], back[i])
                            .isLessThanOrEqualTo(allowed);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("encodable")
    void zerosComeBackAsZeros(Format format) {
        for (float value : decode(format, encode(format, new float[2 * format.blockLength()]))) {
            assertThat(Math.abs(value)).isEqualTo(0f);
        }
    }

    @ParameterizedTest
    @MethodSource("encodable")
    void constantsComeBackExactlyWhereTheScaleAllows(Format format) {
        for (float constant : new float[] {0.375f, -3f, 96f}) {
            float[] floats = new float[format.blockLength()];
            Arrays.fill(floats, constant);
            float tolerance = Math.abs(constant) / 1000; // the scale is rounded to F16
            for (float value : decode(format, encode(format, floats))) {
                assertThat(value).isBetween(constant - tolerance, constant + tolerance);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("encodable")
    void extremeMagnitudesNeitherFailNorPassForOrdinary(Format format) {
        float[] floats = new float[format.blockLength()];
        for (float extreme :
                new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -Float.MIN_VALUE, 1e-40f}) {
            Arrays.fill(floats, extreme / 2);
            floats[0] = extreme;
            for (float value : decode(format, encode(format, floats))) {
                boolean near = Math.abs((double) value - extreme) <= 0.75 * Math.abs((double) extreme) + 1e-6;
                assertThat(near || !Float.isFinite(value))
                        .as("%s from %s", value, extreme)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("encodableBlocks")
    void aBlockWithABadNumberDecodesToNaN(Format format) {
        int length = format.blockLength();
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            for (int position : new int[] {0, 5, length - 1}) {
                float[] floats = new float[2 * length];
                Arrays.fill(floats, 1.5f);
                floats[position] = bad;
                float[] back = decode(format, encode(format, floats));
                for (int i = 0; i < length; i++) {
                    assertThat(back[i]).isNaN();
                    assertThat(back[length + i]).isBetween(1.49f, 1.51f);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("encodable")
    void zeroElementsTouchNothing(Format format) {
        Codecs.of(format).encode(new float[0], 0, 0, MemorySegment.ofArray(new byte[3]), 3);
    }

    @ParameterizedTest
    @MethodSource("encodable")
    void refusesRangesThatAreTooShort(Format format) {
        Codec codec = Codecs.of(format);
        int length = format.blockLength();
        byte[] bytes = new byte[2 * format.blockBytes()];
        MemorySegment segment = MemorySegment.ofArray(bytes);
        float[] floats = new float[length];
        assertThatThrownBy(() -> codec.encode(floats, 0, 2 * length, segment, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codec.encode(floats, 0, length, segment, format.blockBytes() + 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codec.encode(floats, 0, -length, segment, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(bytes).containsOnly(0);
    }

    @Test
    void saysWhichFormatHasNoEncoder() {
        Codec codec = Codecs.of(Format.IQ2_S);
        assertThat(codec.encodes()).isFalse();
        assertThatThrownBy(() -> codec.encode(new float[256], 0, 256, MemorySegment.ofArray(new byte[82]), 0))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("IQ2_S")
                .hasMessageContaining("Q8_0");
    }

    @Test
    void theSumsOfQ8_KAreThoseOfItsQuants() {
        float[] floats = new float[256];
        Random random = new Random(3);
        for (int i = 0; i < floats.length; i++) {
            floats[i] = random.nextFloat() - 0.3f;
        }
        MemorySegment block = MemorySegment.ofArray(encode(Format.Q8_K, floats));
        for (int group = 0; group < 16; group++) {
            int sum = 0;
            for (int i = 0; i < 16; i++) {
                sum += LittleEndian.i8(block, 4 + group * 16 + i);
            }
            assertThat((int) LittleEndian.i16(block, 260 + 2 * group)).isEqualTo(sum);
        }
    }

    @Test
    void tiesOfQ8_0GoAwayFromZeroAndThoseOfQ8_KToTheEvenNumber() {
        float[] floats = new float[256];
        floats[0] = 127;
        floats[1] = 2.5f;
        floats[2] = -2.5f;
        floats[3] = 3.5f;
        assertThat(Arrays.copyOfRange(encode(Format.Q8_0, floats), 2, 6)).containsExactly(127, 3, -3, 4);
        // the peak becomes -127, so all signs are turned
        assertThat(Arrays.copyOfRange(encode(Format.Q8_K, floats), 4, 8)).containsExactly(-127, -2, 2, -4);
    }

    private static byte[] encode(Format format, float[] floats) {
        byte[] bytes = new byte[Math.toIntExact(format.bytes(floats.length))];
        Codecs.of(format).encode(floats, 0, floats.length, MemorySegment.ofArray(bytes), 0);
        return bytes;
    }

    private static float[] decode(Format format, byte[] bytes) {
        float[] floats = new float[bytes.length / format.blockBytes() * format.blockLength()];
        Codecs.of(format).decode(MemorySegment.ofArray(bytes), 0, floats, 0, floats.length);
        return floats;
    }
}
