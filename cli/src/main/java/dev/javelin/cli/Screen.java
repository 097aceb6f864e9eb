package dev.javelin.cli;

import dev.javelin.api.JavelinException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Where a command reads and prints, in UTF-8 whatever the locale, and what it knows about who is there. Any thread may print;
 * nobody closes it.
 */
final class Screen {
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final InputStream in;
    private final OutputStream out;
    private final OutputStream err;
    private final Terminals terminals;
    private boolean dimmed;
    private boolean hooked;

    Screen(InputStream in, OutputStream out, OutputStream err, Terminals terminals) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.terminals = terminals;
    }

    /** That of this process. */
    static Screen ofProcess() {
        return new Screen(
                new FileInputStream(FileDescriptor.in),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
                new FileOutputStream(FileDescriptor.err),
                Terminals.ofProcess());
    }

    InputStream in() {
        return in;
    }

    Terminals terminals() {
        return terminals;
    }

    /**
     * Prints at once, without an end of line.
     *
     * @throws ClosedPipeException if nobody reads it
     */
    synchronized void print(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            if (isClosedPipe(e)) {
                throw new ClosedPipeException(e);
            }
            throw new JavelinException("the output must be writable: " + e.getMessage(), e);
        }
    }

    /** Dims what is printed from now on, where there are colours; also if the program is ended in between, not for longer. */
    synchronized void dim() {
        if (!hooked) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::plainAtEnd, "undim"));
            hooked = true;
        }
        print(DIM);
        dimmed = true;
    }

    /** Ends what {@link #dim} began. */
    synchronized void plain() {
        if (dimmed) {
            dimmed = false;
            print(PLAIN);
        }
    }

    private void plainAtEnd() {
        try {
            plain();
        } catch (RuntimeException gone) {
            // There is no terminal left to be put right.
        }
    }

    /** Prints lines, each with an end of line. */
    void lines(Iterable<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        print(text.toString());
    }

    void line(String text) {
        print(text + "\n");
    }

    /** Prints for people, beside the output; what cannot be printed is lost. */
    synchronized void note(String text) {
        noteRaw(text + "\n");
    }

    /** As {@link #note}, without an end of line. */
    synchronized void noteRaw(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException gone) {
            // Nobody is left to be told.
        }
    }

    private static boolean isClosedPipe(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("broken pipe") || message.contains("pipe is being closed");
    }
}
