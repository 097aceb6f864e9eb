package dev.javelin.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The jars as the build made them, and Java processes that use them. */
final class BuiltJars {
    private static final long MINUTES = 2;

    /** What a process left behind. */
    record Ended(int code, List<String> out, List<String> err) {}

    private BuiltJars() {}

    /** The folder with the jars of all modules that run in production. */
    static Path lib() {
        return path("javelin.lib");
    }

    /** The jar with {@link MultiplyEverywhere} alone. */
    static Path program() {
        return path("javelin.checks");
    }

    /** One jar of that program and all that is in {@link #lib()}. */
    static Path shaded() {
        return path("javelin.shaded");
    }

    /** Runs the JVM of this test, in an environment without Java options, to its end. */
    static Ended java(String... arguments) throws IOException, InterruptedException {
        return java(Map.of(), arguments);
    }

    /** The same, with further variables. */
    static Ended java(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile("javelin", ".out");
        Path err = Files.createTempFile("javelin", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the process must end: minutes=" + MINUTES + ", command=" + command
                        + ", out=" + read(out) + ", err=" + read(err));
            }
            return new Ended(process.exitValue(), read(out), read(err));
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path path(String property) {
        return Path.of(Objects.requireNonNull(System.getProperty(property), property));
    }
}
