package dev.javelin.runtime.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.javelin.api.Format;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GgufFileTest {

    @TempDir
    Path folder;

    @Test
    void tensorsAreSlicesOfTheMapping() {
        byte[] first = {1, 2, 3, 4, 5, 6, 7, 8};
        byte[] second = {9, 10, 11, 12};
        Path path = new GgufWriter()
                .tensor("a", Format.F32, first, 2, 1)
                .tensor("b", Format.F32, second, 1)
                .write(folder.resolve("a.gguf"));
        try (GgufFile file = GgufFile.open(path)) {
            assertThat(file.name()).isEqualTo(path.toString());
            assertThat(file.paths()).containsExactly(path);
            assertThat(file.version()).isEqualTo(3);
            assertThat(file.alignment()).isEqualTo(32);
            assertThat(file.bytes()).isEqualTo(path.toFile().length());
            assertThat(file.tensors())
                    .containsExactly(
                            new GgufTensor("a", List.of(2L, 1L), 0, Format.F32, 0, 0, 8),
                            new GgufTensor("b", List.of(1L), 0, Format.F32, 0, 32, 4));
            assertThat(file.tensor("c")).isEmpty();
            MemorySegment data = file.segment(file.tensors().get(1));
            assertThat(data.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(second);
            assertThat(data.isMapped()).isTrue();
            assertThat(data.isReadOnly()).isTrue();
            assertThat(file.segment(file.tensors().getFirst()).toArray(ValueLayout.JAVA_BYTE))
                    .isEqualTo(first);
        }
    }

    @Test
    void afterCloseOnlyTheDataAreGone() {
        GgufFile file = GgufFile.open(TinyModel.writer().write(folder.resolve("a.gguf")));
        MemorySegment data = file.segment(file.tensors().getFirst());
        file.close();
        file.close();
        assertThatThrownBy(() -> data.get(ValueLayout.JAVA_BYTE, 0)).isInstanceOf(IllegalStateException.class);
        assertThat(file.metadata().strings("tokenizer.ggml.tokens").get(7)).isEqualTo("token 7");
        assertThat(file.tensors()).hasSize(11);
    }

    @Test
    void theAlignmentOfTheFileHolds() {
        for (int alignment : new int[] {8, 64, 4096}) {
            byte[] bytes = new GgufWriter()
                    .alignment(alignment)
                    .u32("general.alignment", alignment)
                    .tensor("a", Format.I8, new byte[] {1}, 1)
                    .tensor("b", Format.I8, new byte[] {2}, 1)
                    .bytes();
            try (GgufFile file = GgufFile.of("test.gguf", MemorySegment.ofArray(bytes))) {
                assertThat(file.faults()).isEmpty();
                GgufTensor b = file.tensor("b").orElseThrow();
                assertThat(b.offset()).isEqualTo(alignment);
                assertThat(file.segment(b).get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 2);
            }
        }
    }

    static Stream<Arguments> faults() {
        int f32 = Format.F32.ggufId();
        byte[] data = new byte[64];
        return Stream.of(
                arguments("id=99", one(99, data, null, 16), "Javelin reads: id=99, an unknown id"),
                arguments("id=-1", one(-1, data, null, 16), "Javelin reads: id=-1"),
                arguments("retired", one(5, data, null, 32), "format=Q4_3"),
                arguments("dim=0", one(f32, data, null, 16, 0), "dimensions must be > 0"),
                arguments("dim<0", one(f32, data, null, -16), "dims=[-16]"),
                arguments("product", one(f32, data, null, 1L << 40, 1L << 40), "product below 2^63: tensor=x"),
                arguments("bytes", one(f32, data, null, 1L << 62), "the size in bytes must be below 2^63: tensor=x"),
                arguments("rows", one(8, data, null, 16, 2), "whole blocks: tensor=x, dims=[16, 2], format=Q8_0"),
                arguments("alignment", one(f32, data, 4L, 16), "alignment: tensor=x, offset=4, alignment=32"),
                arguments("offset<0", one(f32, data, -32L, 16), "offset=18446744073709551584, alignment=32"),
                arguments("gap", one(f32, data, 32L, 8), "those of the tensor before: tensor=x, offset=32, expected=0"),
                arguments(
                        "end", one(f32, data, null, 17), "lie within the file; download it again: tensor=x, offset=0"),
                arguments("far", one(f32, data, Long.MAX_VALUE - 31, 16), "tensor before: tensor=x"));
    }

    private static GgufWriter one(int formatId, byte[] data, @Nullable Long offset, long... dims) {
        return new GgufWriter().tensor("x", formatId, data, offset, dims);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void faults(String name, GgufWriter writer, String message) {
        byte[] bytes = writer.bytes();
        try (GgufFile file = GgufFile.of("test.gguf", MemorySegment.ofArray(bytes))) {
            assertThat(file.faults()).singleElement().satisfies(fault -> {
                assertThat(fault.tensor()).isEqualTo("x");
                assertThat(fault.message()).contains(message).endsWith("file=test.gguf");
            });
            assertThatThrownBy(() -> file.segment(file.tensors().getFirst()))
                    .as(name)
                    .isInstanceOf(GgufException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void otherTensorsStayReadableBesideAFaultyOne() {
        byte[] bytes = new GgufWriter()
                .tensor("a", Format.F32, 8)
                .tensor("x", 99, new byte[64], null, 16)
                .tensor("b", Format.F32, new byte[] {7, 0, 0, 0}, 1)
                .bytes();
        try (GgufFile file = GgufFile.of("test.gguf", MemorySegment.ofArray(bytes))) {
            assertThat(file.faults()).hasSize(1);
            assertThat(file.segment(file.tensor("b").orElseThrow()).toArray(ValueLayout.JAVA_BYTE))
                    .containsExactly(7, 0, 0, 0);
        }
    }

    @Test
    void aTruncatedFileSaysWhichTensorsAreThere() throws IOException {
        byte[] whole = TinyModel.bytes();
        Path path = Files.write(folder.resolve("cut.gguf"), Arrays.copyOf(whole, whole.length - 4000));
        try (GgufFile file = GgufFile.open(path)) {
            assertThat(file.tensors()).hasSize(11);
            assertThat(file.faults())
                    .hasSizeBetween(2, 9)
                    .allSatisfy(fault ->
                            assertThat(fault.message()).contains("data must lie within the file; download it again"));
            assertThat(file.segment(file.tensors().getFirst()).byteSize()).isEqualTo(512);
        }
    }

    @Test
    void dataBeyondTwoGigabytesAreReached() throws IOException {
        long far = 3L << 30;
        GgufWriter writer = new GgufWriter()
                .tensor("far", Format.I8.ggufId(), new byte[0], null, far)
                .tensor("last", Format.I8.ggufId(), new byte[0], far, 4);
        Path path = writer.write(folder.resolve("large.gguf"));
        long header = GgufHeader.read(HeaderBytes.of("", MemorySegment.ofArray(writer.bytes())))
                .dataOffset();
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(header + far); // a hole
            file.seek(header + far);
            file.write(new byte[] {1, 2, 3, 4});
        }
        try (GgufFile file = GgufFile.open(path)) {
            assertThat(file.faults()).isEmpty();
            assertThat(file.segment(file.tensor("last").orElseThrow()).toArray(ValueLayout.JAVA_BYTE))
                    .containsExactly(1, 2, 3, 4);
            assertThat(file.segment(file.tensor("far").orElseThrow()).get(ValueLayout.JAVA_BYTE, far - 1))
                    .isZero();
        }
    }

    @Test
    void whatIsNoFileIsRefused() throws IOException {
        refuses(folder.resolve("absent.gguf"), "the file must exist");
        refuses(folder, "not a directory");
        refuses(Files.write(folder.resolve("empty.gguf"), new byte[0]), "fileBytes=0; download it again");
        refuses(Path.of("/dev/null"), "the file must exist", "not a device");
    }

    @Test
    void aTensorOfAnotherFileIsRefused() {
        try (GgufFile file = GgufFile.of("a", MemorySegment.ofArray(TinyModel.bytes()))) {
            GgufTensor stranger = new GgufTensor("x", List.of(1L), 0, Format.F32, 0, 0, 4);
            assertThatThrownBy(() -> file.segment(stranger)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aSplitFileIsNotReadFromMemory() {
        byte[] bytes = new GgufWriter().u16("split.count", 2).u16("split.no", 0).bytes();
        assertThatThrownBy(() -> GgufFile.of("part.gguf", MemorySegment.ofArray(bytes)))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("opened by the path of a part: split.count=2");
    }

    private static void refuses(Path path, String... oneOf) {
        assertThatThrownBy(() -> GgufFile.open(path))
                .isInstanceOf(GgufException.class)
                .satisfies(refused -> {
                    String message = String.valueOf(refused.getMessage());
                    assertThat(message).contains(path.toString());
                    assertThat(Stream.of(oneOf)).anyMatch(message::contains);
                });
    }
}
