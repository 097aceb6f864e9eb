package dev.javelin.runtime.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every model needs: each lack alone, and what is said of it. */
class GgufModelTest {

    @TempDir
    Path folder;

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(TinyModel.writer().without("general.architecture"), "key=general.architecture"),
                arguments(
                        TinyModel.writer().u32("general.architecture", 1),
                        "key=general.architecture, expected=a string"),
                arguments(TinyModel.writer().without("tokenizer.ggml.model"), "key=tokenizer.ggml.model"),
                arguments(TinyModel.writer().without("tokenizer.ggml.tokens"), "key=tokenizer.ggml.tokens"),
                arguments(TinyModel.writer().ints("tokenizer.ggml.tokens", 1), "found=an array of INT32"),
                arguments(
                        TinyModel.writer()
                                .strings("tokenizer.ggml.tokens", List.of())
                                .without("tokenizer.ggml.token_type"),
                        "the vocabulary must not be empty: key=tokenizer.ggml.tokens"),
                arguments(
                        TinyModel.writer().ints("tokenizer.ggml.token_type", 1, 2),
                        "a value for each token: key=tokenizer.ggml.token_type, values=2, tokens=8"),
                arguments(
                        TinyModel.writer().floats("tokenizer.ggml.scores", 1),
                        "a value for each token: key=tokenizer.ggml.scores, values=1, tokens=8"),
                arguments(
                        TinyModel.writer().withoutTensor("token_embd.weight"), "the tensor: tensor=token_embd.weight"),
                arguments(TinyModel.writer().withoutTensor("output_norm.weight"), "tensor=output_norm.weight"),
                arguments(
                        TinyModel.writer().tensor("x", 4, new byte[32], null, 32),
                        "must be one that Javelin reads: id=4, format=Q4_2"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(GgufWriter writer, String message) {
        try (GgufFile file = file(writer)) {
            assertThat(GgufModel.faults(file)).hasSize(1);
            assertThatThrownBy(() -> GgufModel.of(file))
                    .isInstanceOf(GgufException.class)
                    .hasMessageContaining(message)
                    .hasMessageContaining("file=test.gguf");
        }
    }

    @Test
    void aSoundModelIsOpened() {
        try (GgufModel model = GgufModel.open(TinyModel.writer().write(folder.resolve("tiny.gguf")))) {
            assertThat(GgufModel.faults(model.file())).isEmpty();
            assertThat(model.architecture()).isEqualTo("llama");
            assertThat(model.metadata().integer("llama.embedding_length")).isEqualTo(TinyModel.WIDTH);
        }
    }

    @Test
    void aBigEndianFileIsReadableButNoModel() {
        GgufWriter writer = new GgufWriter(ByteOrder.BIG_ENDIAN).string("general.architecture", "llama");
        try (GgufFile file = file(TinyModel.tensors(TinyModel.tokenizer(writer)))) {
            assertThat(file.faults()).isEmpty();
            assertThat(GgufModel.faults(file))
                    .singleElement()
                    .satisfies(
                            fault -> assertThat(fault.message()).contains("little-endian", "gguf_convert_endian.py"));
        }
    }

    @Test
    void allFaultsAreTold() {
        try (GgufFile file = file(new GgufWriter().tensor("x", Format.F32, 0))) {
            assertThat(GgufModel.faults(file)).hasSize(6);
            assertThatThrownBy(() -> GgufModel.of(file)).hasMessageEndingWith("; and 5 more");
        }
    }

    private static GgufFile file(GgufWriter writer) {
        return GgufFile.of("test.gguf", MemorySegment.ofArray(writer.bytes()));
    }
}
