package dev.javelin.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program at a terminal: a pty, which the system's {@code script} makes. For one thread. */
final class TerminalSession implements AutoCloseable {
    static final String CTRL_A = "\u0001";
    static final String CTRL_B = "\u0002";
    static final String CTRL_C = "\u0003";
    static final String CTRL_D = "\u0004";
    static final String CTRL_P = "\u0010";
    static final String BACKSPACE = "\u007f";
    static final String ENTER = "\r";

    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final long SECONDS = 120;

    private final Process process;
    private final StringBuilder printed = new StringBuilder();
    private int seen;
    private boolean ended;

    private TerminalSession(Process process) {
        this.process = process;
    }

    /** Whether this system has what it takes: the {@code script} of util-linux, and a new {@code env}. */
    static boolean isPossible() throws IOException, InterruptedException {
        return System.getProperty("os.name").equals("Linux")
                && Files.isExecutable(SCRIPT)
                && new ProcessBuilder("env", "--default-signal=INT", "true")
                                .start()
                                .waitFor()
                        == 0;
    }

    static TerminalSession open(Program program, Path launcher, String... arguments) throws IOException {
        String command = Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments))
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        // Shells let what they run in the background ignore Ctrl-C, so env makes it heard again.
        Process process = program.builder(List.of(
                        "env",
                        "--default-signal=INT",
                        SCRIPT.toString(),
                        "-qfec",
                        "trap : INT; stty cols 120 rows 40; " + command + "; echo \"exit=$?\"",
                        "/dev/null"))
                .redirectErrorStream(true)
                .start();
        TerminalSession session = new TerminalSession(process);
        Thread.ofPlatform().daemon().start(session::read);
        return session;
    }

    private void read() {
        try (InputStream in = process.getInputStream()) {
            byte[] bytes = new byte[4096];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                synchronized (printed) {
                    printed.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
                    printed.notifyAll();
                }
            }
        } catch (IOException closed) {
            // It ended.
        }
        synchronized (printed) {
            ended = true;
            printed.notifyAll();
        }
    }

    TerminalSession type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return this;
    }

    /** Waits until this is printed after what was waited for before; returns all that came up to its end, as it came. */
    String await(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        synchronized (printed) {
            while (true) {
                int at = printed.indexOf(text, seen);
                if (at >= 0) {
                    String all = printed.substring(seen, at + text.length());
                    seen = at + text.length();
                    return all;
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0 || ended) {
                    throw new IllegalStateException(
                            "it must print: %s%nit printed: %s".formatted(text, printed.substring(seen)));
                }
                printed.wait(left);
            }
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
