package dev.javelin.cli;

/** What the program tells the shell. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;

    /** As the shell reports a program that Ctrl-C ended. */
    static final int INTERRUPTED = 130;

    /** As the shell reports a program whose reader went away. */
    static final int CLOSED_PIPE = 141;

    private ExitCode() {}
}
