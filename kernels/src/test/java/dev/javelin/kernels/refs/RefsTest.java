package dev.javelin.kernels.refs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class RefsTest {

    @TempDir
    Path folder;

    @Test
    void absentDataSkipTheTestUnlessTheVariableNamesThem() {
        Path repository = folder.resolve("repository");
        assertThatThrownBy(() -> Refs.folder("quants", null, repository))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("absent");
        assertThatThrownBy(() -> Refs.folder("quants", "../data", repository))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("JAVELIN_REFS=../data");
    }

    @Test
    void aRelativeNameCountsFromTheRepository() throws IOException {
        Path repository = Files.createDirectories(folder.resolve("repository"));
        Path quants = Files.createDirectories(folder.resolve("data/quants"));
        Path defaults = Files.createDirectories(folder.resolve("shared/refs/quants"));
        assertThat(Refs.folder("quants", "../data", repository)).isEqualTo(quants);
        assertThat(Refs.folder("quants", folder.resolve("data").toString(), repository))
                .isEqualTo(quants);
        assertThat(Refs.folder("quants", null, repository)).isEqualTo(defaults);
        assertThat(Refs.folder("quants", "", repository)).isEqualTo(defaults);
    }

    @Test
    void theRepositoryIsFound() {
        assertThat(Refs.repository().resolve("kernels/pom.xml")).exists();
    }
}
