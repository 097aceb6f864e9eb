package dev.javelin.cli;

import dev.javelin.api.JavelinException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads texts, which are UTF-8 whatever the locale. */
final class PromptText {
    /** Names standard input. */
    static final String STDIN = "-";

    /** More than any context holds, and little enough for a heap. */
    private static final int MOST_BYTES = 64 << 20;

    private PromptText() {}

    /** The text of a file, or of standard input if that is its name, as it is. */
    static String of(String file, Screen screen) {
        if (file.equals(STDIN)) {
            return ofInput(screen);
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return read(in, file);
        } catch (NoSuchFileException e) {
            throw new JavelinException("there is no such file: file=" + file, e);
        } catch (IOException | InvalidPathException e) {
            throw new JavelinException("the file must be readable: file=" + file + ", " + e.getMessage(), e);
        }
    }

    private static String ofInput(Screen screen) {
        try {
            return read(screen.in(), "standard input");
        } catch (IOException e) {
            throw new JavelinException("standard input must be readable: " + e.getMessage(), e);
        }
    }

    /** Leaves the stream open: that of the process is nobody's to close. */
    private static String read(InputStream in, String name) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new JavelinException("a text must not be too long: from=%s, readBytes=%d, most=%d"
                    .formatted(name, bytes.length, MOST_BYTES));
        }
        return decode(bytes, name);
    }

    /** A text without the end of its last line, which nobody means to say. */
    static String withoutLastEnd(String text) {
        return text.endsWith("\r\n")
                ? text.substring(0, text.length() - 2)
                : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    private static String decode(byte[] bytes, String name) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(buffer)
                    .toString();
        } catch (CharacterCodingException e) {
            throw new JavelinException(
                    "a text must be UTF-8: from=%s, firstWrongByte=%d; convert it, for example with iconv -t UTF-8"
                            .formatted(name, buffer.position()),
                    e);
        }
    }
}
