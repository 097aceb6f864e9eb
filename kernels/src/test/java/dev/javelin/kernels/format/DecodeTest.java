package dev.javelin.kernels.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Format;
import dev.javelin.api.UnsupportedFormatException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DecodeTest {

    private static final int GUARD = 7;

    static Stream<Format> weightFormats() {
        return Stream.of(Format.values()).filter(format -> !format.storageOnly());
    }

    static List<BlockCase> cases() {
        return BlockCase.decoded();
    }

    @Test
    void everyBlockFormatHasACase() {
        assertThat(cases().stream().map(it -> it.format))
                .containsExactlyInAnyOrderElementsOf(weightFormats()
                        .filter(format -> format != Format.F32 && format != Format.Q8_K) // these have encoding cases
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decodesToTheBitsOfTheReference(BlockCase block) {
        float[] actual = new float[block.floats.length];
        Codecs.of(block.format).decode(MemorySegment.ofArray(block.blocks), 0, actual, 0, actual.length);
        assertSameBits(actual, block.floats);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsAnyAlignmentAndAnyKindOfMemory(BlockCase block) {
        try (Arena arena = Arena.ofConfined()) {
            for (int offset = 0; offset < 9; offset++) {
                int size = offset + block.blocks.length;
                List<MemorySegment> kinds = List.of(
                        arena.allocate(size, 8),
                        MemorySegment.ofArray(new byte[size]),
                        MemorySegment.ofArray(new short[(size + 1) / 2]),
                        MemorySegment.ofArray(new long[(size + 7) / 8]));
                for (MemorySegment segment : kinds) {
                    MemorySegment.copy(MemorySegment.ofArray(block.blocks), 0, segment, offset, block.blocks.length);
                    float[] actual = new float[block.floats.length];
                    Codecs.of(block.format).decode(segment.asReadOnly(), offset, actual, 0, actual.length);
                    assertSameBits(actual, block.floats);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void writesOnlyTheElementsAskedFor(BlockCase block) {
        float[] actual = new float[block.floats.length + 2 * GUARD];
        Arrays.fill(actual, 42f);
        Codecs.of(block.format).decode(MemorySegment.ofArray(block.blocks), 0, actual, GUARD, block.floats.length);
        assertSameBits(Arrays.copyOfRange(actual, GUARD, GUARD + block.floats.length), block.floats);
        for (int i = 0; i < GUARD; i++) {
            assertThat(actual[i]).isEqualTo(42f);
            assertThat(actual[actual.length - 1 - i]).isEqualTo(42f);
        }
    }

    /** The segment ends with the last block, so that reading past a block is caught too. */
    @ParameterizedTest
    @MethodSource("weightFormats")
    void decodesAnyBytes(Format format) {
        Random random = new Random(20260101);
        byte[] bytes = new byte[format.blockBytes() * 300];
        float[] floats = new float[format.blockLength() * 300];
        for (int round = 0; round < 4; round++) {
            random.nextBytes(bytes);
            Codecs.of(format).decode(MemorySegment.ofArray(bytes), 0, floats, 0, floats.length);
        }
        for (int value : new int[] {0x00, 0x7F, 0x80, 0xFF}) {
            Arrays.fill(bytes, (byte) value);
            Codecs.of(format).decode(MemorySegment.ofArray(bytes), 0, floats, 0, floats.length);
        }
    }

    @ParameterizedTest
    @MethodSource("weightFormats")
    void blocksDoNotDependOnEachOther(Format format) {
        Random random = new Random(7);
        byte[] bytes = new byte[format.blockBytes() * 3];
        random.nextBytes(bytes);
        MemorySegment segment = MemorySegment.ofArray(bytes);
        int length = format.blockLength();
        float[] together = new float[3 * length];
        Codecs.of(format).decode(segment, 0, together, 0, together.length);
        for (int block = 2; block >= 0; block--) {
            float[] alone = new float[length];
            Codecs.of(format).decode(segment, (long) block * format.blockBytes(), alone, 0, length);
            assertSameBits(alone, Arrays.copyOfRange(together, block * length, (block + 1) * length));
        }
    }

    @ParameterizedTest
    @MethodSource("weightFormats")
    void zeroElementsTouchNothing(Format format) {
        float[] none = {};
        Codecs.of(format).decode(MemorySegment.NULL, 0, none, 0, 0);
        Codecs.of(format).decode(MemorySegment.ofArray(new byte[3]), 3, none, 0, 0);
    }

    @ParameterizedTest
    @MethodSource("weightFormats")
    void refusesRangesThatAreTooShort(Format format) {
        Codec codec = Codecs.of(format);
        int length = format.blockLength();
        MemorySegment oneBlock = MemorySegment.ofArray(new byte[format.blockBytes()]);
        float[] floats = new float[2 * length];
        Arrays.fill(floats, 42f);
        assertThatThrownBy(() -> codec.decode(oneBlock, 0, floats, 0, 2 * length))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codec.decode(oneBlock, 1, floats, 0, length))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codec.decode(oneBlock, -1, floats, 0, length))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codec.decode(oneBlock, 0, floats, length + 1, length))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> codec.decode(oneBlock, 0, floats, 0, -length))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(floats).containsOnly(42f);
    }

    @Test
    void refusesPartsOfBlocks() {
        assertThatThrownBy(() ->
                        Codecs.of(Format.Q4_0).decode(MemorySegment.ofArray(new byte[18]), 0, new float[32], 0, 31))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiple of the block length")
                .hasMessageContaining("elements=31")
                .hasMessageContaining("Q4_0");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void hasACodecUnlessForStorageOnly(Format format) {
        if (format.storageOnly()) {
            assertThatThrownBy(() -> Codecs.of(format))
                    .isInstanceOf(UnsupportedFormatException.class)
                    .hasMessageContaining(format.name())
                    .hasMessageContaining("F32");
        } else {
            assertThat(Codecs.of(format).format()).isEqualTo(format);
        }
    }

    static void assertSameBits(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Float.floatToIntBits(actual[i]))
                    .as("element %d: expected %s, was %s", i, expected[i], actual[i])
                    .isEqualTo(Float.floatToIntBits(expected[i]));
        }
    }
}
