package dev.javelin.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CpuFactsTest {

    @TempDir
    private Path root;

    @Test
    void readsTheFirstProcessor() throws IOException {
        Files.createDirectories(root.resolve("proc"));
        Files.write(
                root.resolve("proc/cpuinfo"),
                List.of(
                        "processor\t: 0",
                        "model name\t: Some CPU: fast",
                        "flags\t\t: fpu sse2 avx2  fma",
                        "",
                        "processor\t: 1",
                        "model name\t: Another",
                        "flags\t\t: fpu"));
        CpuFacts facts = new CpuFacts(root);
        assertThat(facts.name()).isEqualTo("Some CPU: fast");
        assertThat(facts.flags()).containsExactlyInAnyOrder("fpu", "sse2", "avx2", "fma");
    }

    @Test
    void whereNothingIsSaidTheArchitectureIsTheName() {
        CpuFacts facts = new CpuFacts(root);
        assertThat(facts.name()).isEqualToIgnoringCase(System.getProperty("os.arch"));
        assertThat(facts.flags()).isEmpty();
    }
}
