package dev.javelin.synth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Counts and sizes against those that others print of the real models. */
class KnownSizesTest {
    private static final double MIB = 1 << 20;

    /** Bytes of the keys of real files, nearly all of them those of the vocabulary. */
    private static final long MOST_KEY_BYTES = 20_000_000;

    /** As Hugging Face tells them of each model; of Gemma 3 4B as Keras does, which leaves out what sees. */
    @ParameterizedTest
    @CsvSource({
        "qwen3-0.6b, 596049920",
        "qwen3-1.7b, 1720574976",
        "qwen3-4b, 4022468096",
        "qwen3-8b, 8190735360",
        "qwen3-30b-a3b, 30532122624",
        "llama-3.2-1b, 1235814400",
        "llama-3.2-3b, 3212749824",
        "llama-3-8b, 8030261248",
        "phi-4-mini, 3836021760",
        "gemma-3-1b, 999885952",
        "gemma-3-4b, 3880099328",
        "bitnet-2b, 2412820480"
    })
    void parameters(String shape, long expected) {
        assertThat(SyntheticModel.of(shape, "F16").parameters()).isEqualTo(expected);
    }

    @Test
    void everyShapeIsInThatTable() {
        assertThat(SyntheticModel.shapes()).hasSize(12);
    }

    /** The size that llama.cpp prints of files that its own tool made, to the byte. */
    @ParameterizedTest
    @CsvSource({
        "qwen3-0.6b, Q4_K_M, 390753280",
        "qwen3-4b, Q4_K_M, 2491323904",
        "qwen3-8b, Q4_K_M, 5021827072",
        "qwen3-30b-a3b, Q4_K_S, 17450039296",
        "qwen3-30b-a3b, Q3_K_M, 14705876992",
        "qwen3-30b-a3b, BF16, 61089832960",
        "gemma-3-4b, Q4_K_M, 2483218432"
    })
    void tensorBytes(String shape, String format, long expected) {
        assertThat(SyntheticModel.of(shape, format).tensorBytes()).isEqualTo(expected);
    }

    /** The same where only the rounded size is known. */
    @ParameterizedTest
    @CsvSource({
        "qwen3-0.6b, Q8_0, 604.15",
        "llama-3.2-1b, Q4_K_M, 762.81",
        "gemma-3-1b, Q4_K_M, 762.49", // no row of it is a multiple of 256, so that most are in other formats
        "bitnet-2b, TQ2_0, 770.94"
    })
    void tensorMebibytes(String shape, String format, double expected) {
        assertThat(Math.round(SyntheticModel.of(shape, format).tensorBytes() / MIB * 100))
                .isEqualTo(Math.round(expected * 100));
    }

    /** And in GiB. */
    @ParameterizedTest
    @CsvSource({
        "qwen3-1.7b, Q8_0, 1.70",
        "qwen3-4b, Q4_K_M, 2.32",
        "llama-3.2-3b, Q4_K_M, 1.87",
        "llama-3-8b, Q4_0, 4.33",
        "llama-3-8b, Q4_K_M, 4.58",
        "llama-3-8b, Q8_0, 7.95",
        "phi-4-mini, Q4_K_M, 2.31"
    })
    void tensorGibibytes(String shape, String format, double expected) {
        assertThat(Math.round(SyntheticModel.of(shape, format).tensorBytes() / MIB / 1024 * 100))
                .isEqualTo(Math.round(expected * 100));
    }

    @ParameterizedTest
    @MethodSource("dev.javelin.synth.SyntheticModel#shapes")
    void filesAreLittleLargerThanTheirTensors(String shape) {
        SyntheticModel model = SyntheticModel.of(shape, "Q4_0");
        assertThat(model.fileBytes() - model.tensorBytes()).isBetween(1L, MOST_KEY_BYTES);
    }
}
