package dev.javelin.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JVMs in which vectors would crawl, and what users are told then. */
final class JvmOptionsTest {
    private static final Set<String> FLAGS = Set.of("sse2", "fma");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:-UseFMA"})
    void aJvmThatEmulatesVectorsIsRefusedByTheFlagToRemove(String flag) throws Exception {
        assertThat(probe(flag)).contains("every vector operation would be emulated; start java without", flag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=3"})
    void whoInsistsGetsTheDevice(String flag) throws Exception {
        assertThat(probe(flag, "-Djavelin.cpu.slow=true")).startsWith("found");
    }

    @Test
    void theProcessorsThatTheUserNamesCount() throws Exception {
        assertThat(probe("-XX:ActiveProcessorCount=3")).isEqualTo("found, threads=3");
    }

    @ParameterizedTest
    @CsvSource({
        "UseCompiler, false, -Xint",
        "TieredStopAtLevel, 0, -XX:TieredStopAtLevel=0",
        "TieredStopAtLevel, 2, -XX:TieredStopAtLevel=2",
        "CompilationMode, quick-only, -XX:CompilationMode=quick-only",
        "EnableVectorSupport, false, -XX:-EnableVectorSupport",
        "UseFMA, false, -XX:-UseFMA"
    })
    void everyReasonNamesItsFlag(String option, String value, String flag) {
        assertThat(new JvmOptions(Map.of(option, value)::get).slowness(FLAGS))
                .satisfies(slow -> assertThat(slow.remedy()).contains(flag, "javelin.cpu.slow"));
    }

    @Test
    void withoutAvxThereIsNoFusedMultiplyAddEither() {
        JvmOptions options = new JvmOptions(Map.of("UseFMA", "false", "UseAVX", "0")::get);
        assertThat(options.slowness(FLAGS))
                .satisfies(slow -> assertThat(slow.remedy()).contains("-XX:UseAVX"));
        assertThat(options.slowness(Set.of("sse2")))
                .satisfies(slow -> assertThat(slow.reason()).contains("this processor has no"));
    }

    @Test
    void nothingIsWrongWithAJvmThatSaysNothing() {
        JvmOptions silent = new JvmOptions(name -> null);
        assertThat(silent.slowness(FLAGS)).isNull();
        assertThat(silent.processors()).isZero();
    }

    @Test
    void nothingIsWrongWithThisJvm() {
        assertThat(JvmOptions.ofThisJvm().slowness(FLAGS)).isNull();
    }

    /** The one line that the process prints; besides it only the JVM may say that the vector module incubates. */
    private String probe(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(options));
        command.add(ProbeInAnotherJvm.class.getName());
        Path out = folder.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        List<String> lines = Files.readAllLines(out, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.startsWith("WARNING: Using incubator modules"))
                .toList();
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }
}
