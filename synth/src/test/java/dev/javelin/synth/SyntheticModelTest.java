package dev.javelin.synth;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.javelin.runtime.Chat;
import dev.javelin.runtime.Generation;
import dev.javelin.runtime.GenerationOptions;
import dev.javelin.runtime.Model;
import dev.javelin.runtime.gguf.GgufException;
import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.runtime.gguf.GgufTensor;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whole files, of small models of every family. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyntheticModelTest {
    private static final int[] TOKENS = {72, 105, 300, 33, 72, 105, 300, 33, 500, 1, 2, 3};

    private final Trial devices = new Trial();

    @TempDir
    Path folder;

    @AfterAll
    void close() {
        devices.close();
    }

    @TestFactory
    Stream<DynamicTest> everyShapeRuns() {
        return new Shapes()
                .all().stream()
                        .flatMap(shape -> Stream.of("Q4_0", "Q4_K_M", "F16")
                                .map(mix -> dynamicTest(shape.name() + " " + mix, () -> assertRuns(shape, mix))));
    }

    @TestFactory
    Stream<DynamicTest> everyFormatRuns() {
        Shape shape = new Shapes().named("qwen3-0.6b");
        return SyntheticModel.formats().stream().map(mix -> dynamicTest(mix, () -> assertRuns(shape, mix)));
    }

    /** The logits are finite and differ as those do from which one can draw, and devices agree on them. */
    private void assertRuns(Shape shape, String mix) {
        Path file = write(scaled(shape, mix, 1), shape.name() + "-" + mix + ".gguf");
        List<float[]> agreeing = new ArrayList<>();
        devices.logits(file, TOKENS).forEach((device, logits) -> {
            assertThat(logits).hasSize(TOKENS.length * 512);
            for (float logit : logits) {
                assertThat(logit).as(device).isFinite();
            }
            assertThat(deviation(logits)).as(device).isBetween(0.5, 6.0);
            agreeing.forEach(
                    other -> assertThat(correlation(other, logits)).as(device).isGreaterThan(0.99));
            agreeing.add(logits);
        });
        assertThat(agreeing).hasSizeGreaterThan(1);
    }

    /** As users open it; it says what nobody understands, but says it, and differently each time. */
    @Test
    void oneCanChatWithIt() {
        Path file = write(scaled(new Shapes().named("llama-3.2-1b"), "Q4_0", 1), "chat.gguf");
        GenerationOptions options = GenerationOptions.DEFAULTS.withMaxTokens(20);
        Set<List<Integer>> answers = new HashSet<>();
        try (Model model = Model.from(file).context(256).load()) {
            for (long seed = 1; seed <= 3; seed++) {
                long of = seed;
                try (Chat chat = model.chat(options.withSampling(sampling -> sampling.seed(of)))) {
                    Generation answer = chat.ask("Why is the sky blue?");
                    answer.text();
                    assertThat(answer.usage().prompt()).isGreaterThan(10);
                    answers.add(answer.tokens());
                }
            }
        }
        assertThat(answers).hasSize(3).noneMatch(List::isEmpty);
    }

    @Test
    void theSeedDecides() throws IOException {
        SyntheticModel model = scaled(new Shapes().named("gemma-3-1b"), "Q4_K_M", 3);
        Path one = write(model, "one.gguf");
        assertThat(write(model, "two.gguf")).hasSameBinaryContentAs(one);
        Path other = write(model.withSeed(4), "other.gguf");
        assertThat(Files.mismatch(one, other)).isGreaterThan(0);
        assertThat(Files.size(other)).isEqualTo(Files.size(one)).isEqualTo(model.fileBytes());
    }

    @Test
    void noTwoRowsOfAMatrixAreAlike() throws IOException {
        try (GgufFile file = GgufFile.open(write(scaled(new Shapes().named("qwen3-30b-a3b"), "Q4_K_M", 1), "a.gguf"))) {
            Set<String> rows = new HashSet<>();
            int count = 0;
            for (GgufTensor tensor : file.tensors()) {
                if (tensor.dims().size() < 2) {
                    continue;
                }
                byte[] bytes = file.segment(tensor).toArray(ValueLayout.JAVA_BYTE);
                int rowBytes = (int)
                        requireNonNull(tensor.format()).bytes(tensor.dims().getFirst());
                for (int at = 0; at < bytes.length; at += rowBytes) {
                    rows.add(Arrays.toString(Arrays.copyOfRange(bytes, at, at + rowBytes)));
                    count++;
                }
            }
            assertThat(rows).hasSize(count);
        }
    }

    @Test
    void theFileSaysWhatItIs() throws IOException {
        try (GgufFile file = GgufFile.open(write(scaled(new Shapes().named("gemma-3-4b"), "Q4_K_M", 1), "a.gguf"))) {
            assertThat(file.faults()).isEmpty();
            assertThat(file.metadata().string("general.architecture")).isEqualTo("gemma3");
            assertThat(file.metadata().string("general.name")).isEqualTo("Synthetic Gemma 3 4B (scaled)");
            assertThat(file.metadata().integer("general.file_type")).isEqualTo(15);
            assertThat(file.metadata().integer("gemma3.attention.sliding_window"))
                    .isEqualTo(8);
            assertThat(file.metadata().number("gemma3.rope.scaling.factor")).isEqualTo(8);
        }
    }

    @Test
    void anUnknownShapeIsToldWithTheKnownOnes() {
        assertThatThrownBy(() -> SyntheticModel.of("qwen3-0.7b", "Q4_0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the shape must be one of " + String.join(", ", SyntheticModel.shapes())
                        + ": shape=qwen3-0.7b");
    }

    @Test
    void anUnknownFormatIsToldWithTheKnownOnes() {
        assertThatThrownBy(() -> SyntheticModel.of("qwen3-0.6b", "Q4_2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the format must be one of " + String.join(", ", SyntheticModel.formats()) + ": format=Q4_2");
    }

    @Test
    void casesOfNamesAreTheSame() {
        assertThat(SyntheticModel.of("Qwen3-0.6B", "q4_k_m")).hasToString("qwen3-0.6b Q4_K_M, seed=0");
    }

    @Test
    void aFolderThatIsNoneIsRefused() {
        SyntheticModel model = SyntheticModel.of("llama-3.2-1b", "Q4_0");
        assertThatThrownBy(() -> model.write(folder.resolve("none").resolve("a.gguf")))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("the folder must exist");
    }

    private static SyntheticModel scaled(Shape shape, String mix, long seed) {
        return new SyntheticModel(shape.scaled(), new Mixes().named(mix), seed);
    }

    private Path write(SyntheticModel model, String name) {
        Path file = folder.resolve(name);
        model.write(file);
        return file;
    }

    private static double deviation(float[] values) {
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / values.length;
        return Math.sqrt(squares / values.length - mean * mean);
    }

    private static double correlation(float[] a, float[] b) {
        double products = 0;
        double squares = 0;
        double others = 0;
        for (int i = 0; i < a.length; i++) {
            products += (double) a[i] * b[i];
            squares += (double) a[i] * a[i];
            others += (double) b[i] * b[i];
        }
        return products / Math.sqrt(squares * others);
    }
}
