package dev.javelin.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jline.reader.Candidate;
import org.jline.reader.EOFError;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What somebody types at a terminal, with editing and history. A question may have several lines: after a backslash at the end
 * of one, between lines of three quotes, with Alt-Enter, or pasted. The opener closes it, which gives the terminal back. For one
 * thread.
 */
final class LineInput implements AutoCloseable {
    private static final String QUOTES = "\"\"\"";
    private static final String HISTORY = "history";
    private static final int HISTORY_LINES = 1000;

    /** Ctrl-C while typing. */
    static final class Interrupted extends Exception {
        private static final long serialVersionUID = 1;

        /** Whether there was nothing to throw away. */
        final boolean empty;

        Interrupted(boolean empty) {
            this.empty = empty;
        }
    }

    private final Terminal terminal;
    private final LineReader reader;

    private LineInput(Terminal terminal, LineReader reader) {
        this.terminal = terminal;
        this.reader = reader;
    }

    /**
     * Takes the terminal.
     *
     * @param state folder of the history, null for a history that ends with the program
     * @param words that begin a line, to be completed
     * @param notices takes a sentence if there can be no history
     * @param interrupt called on another thread when Ctrl-C is pressed while nobody types
     */
    static LineInput open(@Nullable Path state, List<String> words, Consumer<String> notices, Runnable interrupt)
            throws IOException {
        Terminal terminal = TerminalBuilder.builder()
                .name("javelin")
                .system(true)
                .encoding(StandardCharsets.UTF_8)
                .nativeSignals(true)
                .build();
        terminal.handle(Terminal.Signal.INT, signal -> interrupt.run());
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(new SeveralLines())
                .history(new DefaultHistory())
                .completer((reader, line, candidates) -> {
                    if (line.line().startsWith("/") && line.wordIndex() == 0) {
                        words.forEach(word -> candidates.add(new Candidate(word)));
                    }
                })
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "... ")
                .variable(LineReader.HISTORY_SIZE, HISTORY_LINES)
                .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .option(LineReader.Option.INSERT_TAB, false);
        Path history = state == null ? null : history(state);
        if (state != null && history == null) {
            notices.accept("There is no history, as this is no file that can be written: " + state.resolve(HISTORY));
        }
        if (history != null) {
            builder.variable(LineReader.HISTORY_FILE, history);
        }
        LineReader reader = builder.build();
        reader.getWidgets().put("new-line", () -> {
            reader.getBuffer().write('\n');
            return true;
        });
        Objects.requireNonNull(reader.getKeyMaps().get(LineReader.MAIN))
                .bind(new Reference("new-line"), "\u001b\r", "\u001b\n");
        return new LineInput(terminal, reader);
    }

    /** A file that nobody else reads, or null if there can be none. */
    private static @Nullable Path history(Path state) {
        Path file = state.resolve(HISTORY);
        try {
            Files.createDirectories(state);
            if (Files.notExists(file)) {
                Files.createFile(file);
                if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                }
            }
            return Files.isRegularFile(file) && Files.isReadable(file) && Files.isWritable(file) ? file : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** The next question, null at the end of input. */
    @Nullable
    String read() throws Interrupted {
        try {
            return plain(reader.readLine(">>> "));
        } catch (UserInterruptException e) {
            throw new Interrupted(e.getPartialLine().isBlank());
        } catch (EndOfFileException e) {
            return null;
        }
    }

    /** Without what was typed only to go on in the next line. */
    static String plain(String typed) {
        String text = typed.replace("\\\n", "\n");
        String inner = text.strip();
        if (inner.length() >= 2 * QUOTES.length() && inner.startsWith(QUOTES) && inner.endsWith(QUOTES)) {
            return inner.substring(QUOTES.length(), inner.length() - QUOTES.length())
                    .strip();
        }
        return text;
    }

    /** Whether more lines are to come. */
    static boolean goesOn(String typed) {
        String text = typed.strip();
        if (text.startsWith(QUOTES)) {
            return text.length() < 2 * QUOTES.length() || !text.endsWith(QUOTES);
        }
        return typed.endsWith("\\");
    }

    /** Gives the terminal back as it was. */
    @Override
    public void close() throws IOException {
        terminal.close();
    }

    /** Takes every line as it is, but knows which ones go on. */
    private static final class SeveralLines extends DefaultParser {
        SeveralLines() {
            setQuoteChars(new char[0]);
            setEscapeChars(new char[0]);
        }

        @Override
        public ParsedLine parse(String line, int cursor, ParseContext context) {
            if (context == ParseContext.ACCEPT_LINE && goesOn(line)) {
                throw new EOFError(-1, cursor, "the question goes on");
            }
            return super.parse(line, cursor, context);
        }
    }
}
