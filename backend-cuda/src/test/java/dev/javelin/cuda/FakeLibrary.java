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

/** A libcuda.so.1 that is no driver, compiled from {@code fakecuda.c}; tests are skipped where nothing compiles it. */
final class FakeLibrary {
    private static final String SOURCE = "fakecuda.c";

    private FakeLibrary() {}

    /** The folder in which it lies. */
    static Path compile(Path folder, String... options) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "JCuda has a library for Linux on x86-64 only, as far as it can be tried here");
        Path source = folder.resolve(SOURCE);
        try (InputStream text = Objects.requireNonNull(FakeLibrary.class.getResourceAsStream(SOURCE))) {
            Files.copy(text, source);
        }
        List<String> command = new ArrayList<>(List.of("cc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror"));
        command.addAll(List.of(options));
        command.addAll(List.of("-Wl,-soname,libcuda.so.1", "-o", folder + "/libcuda.so.1", source.toString()));
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
        return folder;
    }
}
