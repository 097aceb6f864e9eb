package dev.javelin.quantise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.javelin.api.Format;
import dev.javelin.api.UnsupportedFormatException;
import dev.javelin.kernels.format.Codecs;
import dev.javelin.runtime.gguf.GgufException;
import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.runtime.gguf.GgufMetadata;
import dev.javelin.runtime.gguf.GgufOutput;
import dev.javelin.runtime.gguf.GgufTensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class QuantisedCopyTest {
    private static final long SEED = 7;

    /** Longer than a piece, and not a multiple of it. */
    private static final long ROWS = 2049;

    @TempDir
    Path folder;

    static Stream<Format> formats() {
        return QuantisedCopy.formats().stream();
    }

    @ParameterizedTest
    @CsvSource({"F32, 0", "F16, 1", "Q4_0, 2", "Q4_1, 3", "Q8_0, 7", "Q5_0, 8", "Q5_1, 9", "BF16, 32"})
    void saysItsFormatAndKeepsTheOtherMetadata(Format format, int fileType) {
        try (GgufFile file = source();
                GgufFile copy = copy(file, format)) {
            GgufMetadata metadata = copy.metadata();
            assertThat(metadata.integer("general.file_type")).isEqualTo(fileType);
            assertThat(metadata.integer("general.quantization_version")).isEqualTo(2);
            assertThat(metadata.keys())
                    .containsExactlyInAnyOrder(
                            "general.architecture",
                            "tokenizer.ggml.model",
                            "tokenizer.ggml.tokens",
                            "tokenizer.ggml.token_type",
                            "yes",
                            "number",
                            "general.quantization_version",
                            "general.file_type");
            assertThat(metadata.string("general.architecture")).isEqualTo("llama");
            assertThat(metadata.strings("tokenizer.ggml.tokens").get(1)).isEqualTo("größer \uD83D\uDE00");
            assertThat(metadata.ints("tokenizer.ggml.token_type")).containsExactly(1, -3);
            assertThat(metadata.bool("yes")).isTrue();
            assertThat(metadata.number("number")).isEqualTo(-0.25);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyMatrixIsEncoded(Format format) {
        try (GgufFile file = source();
                GgufFile copy = copy(file, format)) {
            Format ofNarrow = format.blockLength() == 1 ? format : Format.F16;
            assertThat(copy.tensors())
                    .extracting(GgufTensor::name, GgufTensor::format, GgufTensor::dims)
                    .containsExactly(
                            tuple("token_embd.weight", format, List.of(64L, ROWS)),
                            tuple("output_norm.weight", Format.F32, List.of(64L)),
                            tuple("blk.0.ffn_gate_inp.weight", Format.F32, List.of(64L, 2L)),
                            tuple("blk.0.ffn_gate_exps.weight", format, List.of(32L, 3L, 2L)),
                            tuple("blk.0.ffn_down.weight", ofNarrow, List.of(40L, 2L)),
                            tuple("blk.0.ffn_down.bias", Format.F32, List.of(2L)));
            for (GgufTensor tensor : copy.tensors()) {
                GgufTensor before = file.tensor(tensor.name()).orElseThrow();
                byte[] expected = encoded(file.segment(before), before, tensor);
                assertThat(copy.segment(tensor).toArray(ValueLayout.JAVA_BYTE))
                        .as("%s, seed=%d", tensor.name(), SEED)
                        .isEqualTo(expected);
            }
        }
    }

    /** At once, where the copy is made in pieces. */
    private static byte[] encoded(MemorySegment data, GgufTensor before, GgufTensor after) {
        int elements = (int) after.dims().stream().mapToLong(dim -> dim).reduce(1, (a, b) -> a * b);
        float[] numbers = new float[elements];
        Codecs.of(format(before)).decode(data, 0, numbers, 0, elements);
        byte[] bytes = new byte[(int) format(after).bytes(elements)];
        Codecs.of(format(after)).encode(numbers, 0, elements, MemorySegment.ofArray(bytes), 0);
        return bytes;
    }

    private static Format format(GgufTensor tensor) {
        return Format.ofGgufId(tensor.formatId());
    }

    @Test
    void refusesToQuantiseTwice() {
        try (GgufFile file = source();
                GgufFile once = copy(file, Format.Q8_0)) {
            assertThatThrownBy(() -> QuantisedCopy.of(once, Format.Q4_0))
                    .isInstanceOf(GgufException.class)
                    .hasMessageContainingAll("tensor=token_embd.weight", "format=Q8_0", "wanted=Q4_0", "F16");
        }
    }

    @Test
    void refusesAFormatWithoutAnEncoder() {
        try (GgufFile file = source()) {
            assertThatThrownBy(() -> QuantisedCopy.of(file, Format.Q4_K))
                    .isInstanceOf(UnsupportedFormatException.class)
                    .hasMessageContainingAll("format=Q4_K", "Q8_0", "Q4_0");
        }
    }

    @Test
    void replacesNoFile() throws IOException {
        try (GgufFile file = source()) {
            Path there = Files.writeString(folder.resolve("there.gguf"), "something else");
            assertThatThrownBy(() -> QuantisedCopy.of(file, Format.Q8_0).write(there))
                    .isInstanceOf(GgufException.class)
                    .hasMessageContaining("is not replaced");
            assertThat(there).hasContent("something else");
        }
    }

    @Test
    void noticesThatTheFileChanged() throws IOException {
        try (GgufFile file = source()) {
            QuantisedCopy copy = QuantisedCopy.of(file, Format.Q8_0);
            Path path = file.paths().getFirst();
            Files.setLastModifiedTime(path, FileTime.fromMillis(1));
            Path to = folder.resolve("copy.gguf");
            assertThatThrownBy(() -> copy.write(to))
                    .isInstanceOf(GgufException.class)
                    .hasMessageContaining("must not change while it is open");
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left).containsExactly(path);
            }
        }
    }

    private GgufFile copy(GgufFile file, Format format) {
        Path path = folder.resolve("copy.gguf");
        QuantisedCopy copy = QuantisedCopy.of(file, format);
        copy.write(path);
        assertThat(path).hasSize(copy.fileBytes());
        return GgufFile.open(path);
    }

    private GgufFile source() {
        Path path = folder.resolve("source.gguf");
        GgufOutput out = new GgufOutput()
                .string("general.architecture", "llama")
                .uint32("general.alignment", 32)
                .uint32("general.file_type", 1)
                .string("tokenizer.ggml.model", "gpt2")
                .strings("tokenizer.ggml.tokens", List.of("a", "größer \uD83D\uDE00"))
                .ints("tokenizer.ggml.token_type", 1, -3)
                .bool("yes", true)
                .float32("number", -0.25f);
        tensor(out, "token_embd.weight", Format.F16, 64, ROWS);
        tensor(out, "output_norm.weight", Format.F32, 64);
        tensor(out, "blk.0.ffn_gate_inp.weight", Format.F32, 64, 2);
        tensor(out, "blk.0.ffn_gate_exps.weight", Format.F32, 32, 3, 2);
        tensor(out, "blk.0.ffn_down.weight", Format.BF16, 40, 2);
        tensor(out, "blk.0.ffn_down.bias", Format.F32, 2);
        out.write(path, GgufOutput.Listener.NONE);
        return GgufFile.open(path);
    }

    private static void tensor(GgufOutput out, String name, Format format, long... dims) {
        List<Long> sizes = Arrays.stream(dims).boxed().toList();
        int elements = (int) Arrays.stream(dims).reduce(1, (a, b) -> a * b);
        SplittableRandom random = new SplittableRandom(SEED);
        float[] numbers = new float[elements];
        for (int i = 0; i < elements; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        MemorySegment blocks = MemorySegment.ofArray(new byte[(int) format.bytes(elements)]);
        Codecs.of(format).encode(numbers, 0, elements, blocks, 0);
        out.tensor(name, format, sizes, sink -> sink.write(blocks));
    }
}
