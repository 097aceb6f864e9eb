package dev.javelin.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Format;
import dev.javelin.quantise.QuantisedCopy;
import dev.javelin.runtime.Model;
import dev.javelin.runtime.Perplexity;
import dev.javelin.runtime.gguf.GgufFile;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the model loses with fewer bits; prints the table of {@code docs/tiny-model.md}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuantisedTinyTest {
    private final Golden golden = Golden.read();
    private final StringBuilder table = new StringBuilder();

    @TempDir
    private Path folder;

    @BeforeAll
    void begin() {
        table.append("| weights | bytes | perplexity | to F16 |\n|---|--:|--:|--:|\n");
    }

    @AfterAll
    void print() {
        System.out.print(table);
    }

    /**
     * Bounds with a reason. A weight is off by at most 1/254 of the largest of its block in Q8_0, by 1/62 of the block's range with
     * 5 bits and by 1/16 of the largest with 4. The errors of a product grow with that, and what is lost of the likelihood with
     * their square: 20 to 40 times as much from Q8_0 to five bits, and a few times more to four, which is still far from
     * forgetting.
     */
    @ParameterizedTest
    @CsvSource({"F16, 1.001", "Q8_0, 1.001", "Q5_1, 1.02", "Q4_0, 1.1"})
    void foreseesNearlyAsWell(Format format, double most) {
        Path path = folder.resolve(format + ".gguf");
        try (GgufFile file = TinyModel.open()) {
            QuantisedCopy.of(file, format).write(path);
        }
        try (Model model = Model.from(path).device("cpu").load()) {
            Perplexity perplexity =
                    Perplexity.of(model, Golden.resource("heldback.txt"), golden.chunk(), (scored, of) -> true);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %.4f | %.4f |%n",
                    format,
                    path.toFile().length(),
                    perplexity.value(),
                    perplexity.value() / golden.perplexity()));
            assertThat(perplexity.scored()).isEqualTo(golden.scored());
            assertThat(perplexity.value() / golden.perplexity()).isBetween(1 / most, most);
        }
    }
}
