package dev.javelin.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The probe in a JVM of its own: whatever is missing, it answers in one sentence, and nothing else is printed. */
class ProbeTest {
    private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";
    private static final String VENDORS = "OCL_ICD_VENDORS";

    @TempDir
    Path folder;

    private void requireLoader() {
        if (!Loader.ofSystem().isInstalled()) {
            Found.skip("there is no OpenCL loader on this system");
        }
    }

    /** The one line that it prints. */
    private String probe(Map<String, String> environment, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ProbeInAnotherJvm.class.getName()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readAllLines(out)).hasSize(1);
        return Files.readString(out).strip();
    }

    @Test
    void withoutALoader() throws Exception {
        assertThat(probe(Map.of(), List.of(), folder.toString()))
                .startsWith("there is no OpenCL on this system: libOpenCL.so.1 was not found; install");
    }

    @Test
    void withoutDrivers() throws Exception {
        requireLoader();
        Map<String, String> none =
                Map.of(VENDORS, Files.createDirectory(folder.resolve("none")).toString());
        assertThat(probe(none, List.of())).startsWith("no OpenCL driver is registered; install the OpenCL driver");
        assertThat(probe(none, List.of(NATIVE_ACCESS))).startsWith("the OpenCL loader found no driver; install");
    }

    @Test
    void withADriverThatIsNotThere() throws Exception {
        requireLoader();
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(broken.resolve("broken.icd"), folder.resolve("no-such-library.so") + "\n");
        assertThat(probe(Map.of(VENDORS, broken.toString()), List.of(NATIVE_ACCESS)))
                .startsWith("the OpenCL loader found no driver; install");
    }

    @Test
    void withAnotherBinding() throws Exception {
        requireLoader();
        assertThat(probe(Map.of(), List.of("-D" + Bindings.PROPERTY + "=none")))
                .startsWith("there is no such binding to OpenCL: javelin.opencl.binding=none; add");
    }

    @Test
    void withADevice() throws Exception {
        Found.require(Bindings.JOCL);
        assertThat(probe(Map.of(), List.of(NATIVE_ACCESS))).isEqualTo("found opencl:0");
    }
}
