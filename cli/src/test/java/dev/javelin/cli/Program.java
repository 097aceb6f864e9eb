package dev.javelin.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The program as users start it: the launcher of the distribution, in a process of its own with a home of its own. */
final class Program {
    private static final long MINUTES = 5;

    /** The JDK's own line, which no flag silences. */
    private static final String INCUBATOR = "WARNING: Using incubator modules: jdk.incubator.vector";

    /** What a run left behind; the JDK's own line is not part of {@code err}. */
    record Ended(int code, String out, List<String> err) {}

    private final Path launcher;
    private final Map<String, String> environment = new HashMap<>();
    private byte[] input = new byte[0];

    private Program(Path launcher, Path home) {
        this.launcher = launcher;
        environment.put("HOME", home.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("TERM", "xterm");
    }

    static Program of(Path home) {
        return new Program(distribution().resolve("bin/javelin"), home);
    }

    static Program of(Path launcher, Path home) {
        return new Program(launcher, home);
    }

    /** The unpacked distribution. */
    static Path distribution() {
        return Path.of(Objects.requireNonNull(System.getProperty("javelin.distribution"), "javelin.distribution"))
                .toAbsolutePath()
                .normalize();
    }

    Program with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Program without(String variable) {
        environment.remove(variable);
        return this;
    }

    Program reading(byte[] bytes) {
        input = bytes;
        return this;
    }

    Program reading(String text) {
        return reading(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The process, whose streams are pipes; others of its environment than ours are gone. */
    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        return builder(command).start();
    }

    ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        String path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().putAll(environment);
        return builder;
    }

    /** Runs it to its end. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("javelin", ".out");
        Path err = Files.createTempFile("javelin", ".err");
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        Process process = builder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            } catch (IOException closed) {
                // It ended without reading all, which is its right.
            }
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException("the process must end: minutes=%d, command=%s, out=%s, err=%s"
                        .formatted(MINUTES, command, Files.readString(out), Files.readString(err)));
            }
            return new Ended(
                    process.exitValue(),
                    Files.readString(out),
                    Files.readAllLines(err).stream()
                            .filter(line -> !line.equals(INCUBATOR))
                            .toList());
        } finally {
            process.destroyForcibly();
            Files.delete(out);
            Files.delete(err);
        }
    }
}
