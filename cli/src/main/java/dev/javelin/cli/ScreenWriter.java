package dev.javelin.cli;

import java.io.PrintWriter;
import java.io.Writer;

/** The output as a writer, for those who insist on one. */
final class ScreenWriter extends Writer {
    private final Screen screen;

    ScreenWriter(Screen screen) {
        this.screen = screen;
    }

    PrintWriter printing() {
        return new PrintWriter(this, true);
    }

    @Override
    public void write(char[] text, int from, int length) {
        screen.print(new String(text, from, length));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
