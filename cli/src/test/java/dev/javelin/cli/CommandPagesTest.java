package dev.javelin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of {@code docs/commands} say what {@code --help} says. */
class CommandPagesTest {
    private static final Path FOLDER = Path.of(
                    Objects.requireNonNull(System.getProperty("javelin.root"), "javelin.root"), "docs", "commands")
            .normalize();

    @Test
    void areUpToDate() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                found.put(String.valueOf(file.getFileName()), Files.readString(file));
            }
        }
        assertThat(found)
                .as("docs/commands must hold what CommandPages makes; CONTRIBUTING.md says how to make them anew")
                .isEqualTo(CommandPages.all());
    }

    @Test
    void thereIsOneForEachCommand() {
        assertThat(CommandPages.all().keySet())
                .contains(
                        "README.md", "run.md", "devices.md", "inspect.md", "tokenize.md", "perplexity.md", "doctor.md");
    }

    /** A flag without a word about it would leave a hole in help and pages alike. */
    @Test
    void nothingIsLeftUnsaid() {
        CommandPages.all().forEach((name, page) -> assertThat(page).as(name).doesNotContain("|  |", "${", "null"));
    }
}
