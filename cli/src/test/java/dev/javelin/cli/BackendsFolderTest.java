package dev.javelin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backend that somebody else builds, outside of this build, is there once its jar lies in {@code backends}. */
final class BackendsFolderTest {
    private static final String SERVICE = "META-INF/services/dev.javelin.api.Backend";

    /** Runs on the reference, under a name of its own. */
    private static final String SOURCE = """
        package org.example.abacus;

        import dev.javelin.api.*;
        import java.util.List;
        import java.util.Set;

        public final class AbacusBackend implements Backend {
            private final Backend reference = new dev.javelin.kernels.reference.ReferenceBackend();

            @Override
            public String id() {
                return "abacus";
            }

            @Override
            public Probe probe() {
                return new Probe.Found(List.of(new DeviceInfo(
                        "abacus:0", "Wooden abacus", DeviceInfo.Kind.GROUP, 1L << 33, 1L << 33, Set.of("beads"), true)));
            }

            @Override
            public Device open(DeviceInfo info, OpenOptions options) {
                return reference.open(((Probe.Found) reference.probe()).devices().getFirst(), options);
            }
        }
        """;

    @TempDir
    private Path folder;

    private Path installed;

    /** A distribution of one's own. */
    @BeforeEach
    void install() throws IOException {
        installed = folder.resolve("javelin");
        Files.createDirectories(installed.resolve("bin"));
        Files.createDirectories(installed.resolve("backends"));
        Files.copy(Program.distribution().resolve("bin/javelin"), installed.resolve("bin/javelin"));
        installed.resolve("bin/javelin").toFile().setExecutable(true);
        Files.createDirectories(installed.resolve("lib"));
        try (Stream<Path> jars = Files.list(Program.distribution().resolve("lib"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, installed.resolve("lib").resolve(jar.getFileName()));
            }
        }
    }

    @Test
    void isFoundAndUsed() throws Exception {
        build(SOURCE, "org.example.abacus.AbacusBackend");
        Program.Ended devices = program().run("devices");
        assertThat(devices.out()).contains("abacus:0", "Wooden abacus", "beads", "cpu:0");
        assertThat(devices.err()).isEmpty();
        Program.Ended answer = program()
                .run(
                        "run",
                        "tiny",
                        "--temp",
                        "0",
                        "--device",
                        "abacus",
                        "--max-tokens",
                        "3",
                        "What is the capital of France?");
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).isEqualTo("The capital of\n");
        Program.Ended named = program()
                .with("JAVELIN_DEVICE", "abacus:0")
                .run("run", "tiny", "--json", "--temp", "0", "--max-tokens", "1", "What is the capital of France?");
        assertThat(named.out()).contains("\"device\":\"reference:0\"");
    }

    @Test
    void aBrokenOneIsToldAndHarmsNobody() throws Exception {
        build(
                SOURCE.replace(
                        "return new Probe.Found",
                        "if (true) throw new IllegalStateException(\"no beads\"); return new Probe.Found"),
                "org.example.abacus.AbacusBackend");
        Files.writeString(installed.resolve("backends/notes.jar"), "this is no jar");
        Program.Ended devices = program().run("devices");
        assertThat(devices.out())
                .contains("cpu:0")
                .contains("abacus: no device: it failed: ")
                .contains("no beads");
        assertThat(devices.code()).isZero();
        assertThat(program()
                        .run("run", "tiny", "--temp", "0", "What is the capital of France?")
                        .out())
                .isEqualTo("The capital of France is Paris.\n");
    }

    @Test
    void aServiceFileThatNamesNothingIsTold() throws Exception {
        build(SOURCE, "org.example.abacus.Missing");
        Program.Ended devices = program().run("devices");
        assertThat(devices.out()).contains("cpu:0").contains("org.example.abacus.Missing");
        assertThat(devices.err()).isEmpty();
        assertThat(devices.code()).isZero();
    }

    private void build(String source, String service) throws IOException {
        Path classes = folder.resolve("classes");
        Path file = folder.resolve("AbacusBackend.java");
        Files.writeString(file, source);
        String jars;
        try (Stream<Path> lib = Files.list(installed.resolve("lib"))) {
            jars = lib.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
        tool("javac", "-d", classes.toString(), "-cp", jars, file.toString());
        Files.createDirectories(classes.resolve(SERVICE).getParent());
        Files.writeString(classes.resolve(SERVICE), service + "\n");
        tool(
                "jar",
                "--create",
                "--file",
                installed.resolve("backends/abacus.jar").toString(),
                "-C",
                classes.toString(),
                ".");
    }

    private static void tool(String name, String... arguments) {
        int code = ToolProvider.findFirst(name).orElseThrow().run(System.out, System.err, arguments);
        assertThat(code).as(name).isZero();
    }

    private Program program() {
        return Program.of(installed.resolve("bin/javelin"), folder);
    }
}
