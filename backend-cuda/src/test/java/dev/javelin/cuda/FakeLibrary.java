package dev.javelin.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Libraries that are no driver, compiled from texts in C; tests are skipped where nothing compiles them. */
final class FakeLibrary {
    private FakeLibrary() {}

    /** The folder in which libcuda.so.1 lies. */
    static Path compile(Path folder, String... options) throws IOException, InterruptedException {
        build(folder, "fakecuda.c", "libcuda.so.1", options);
        return folder;
    }

    /** Puts libnvidia-ml.so.1 beside it. */
    static void compileNvml(Path folder) throws IOException, InterruptedException {
        build(folder, "fakenvml.c", "libnvidia-ml.so.1");
    }

    private static void build(Path folder, String text, String library, String... options)
            throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "JCuda has a library for Linux on x86-64 only, as far as it can be tried here");
        Path source = folder.resolve(text);
        try (InputStream packed = Objects.requireNonNull(FakeLibrary.class.getResourceAsStream(text))) {
            Files.copy(packed, source);
        }
        List<String> command = new ArrayList<>(List.of("cc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror"));
        command.addAll(List.of(options));
        command.addAll(List.of("-Wl,-soname," + library, "-o", folder + "/" + library, source.toString()));
        Path said = folder.resolve("said");
        Process compiler;
        try {
            compiler = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException noCompiler) {
            Assumptions.abort("there is no compiler for C: " + noCompiler.getMessage());
            throw noCompiler;
        }
        if (!compiler.waitFor(1, TimeUnit.MINUTES) || compiler.exitValue() != 0) {
            throw new IllegalStateException("the fake library does not compile: " + Files.readString(said));
        }
    }
}
