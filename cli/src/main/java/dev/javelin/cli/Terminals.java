package dev.javelin.cli;

import java.io.Console;

/**
 * Which of the streams are terminals, and whether these show colours.
 *
 * @param colours asked of terminals only; {@code NO_COLOR} and {@code TERM=dumb} turn them off
 */
record Terminals(boolean in, boolean out, boolean err, boolean colours) {

    /** Set by the launcher, which finds it out in no time: the digits of the streams that are terminals. */
    private static final String PROPERTY = "javelin.terminals";

    static final Terminals NONE = new Terminals(false, false, false, false);

    @SuppressWarnings("SystemConsoleNull") // the JDK 25 may well return null again
    static Terminals ofProcess() {
        String told = System.getProperty(PROPERTY);
        if (told != null) {
            return new Terminals(told.contains("0"), told.contains("1"), told.contains("2"), coloursAreWanted());
        }
        Console console = System.console();
        boolean all = console != null && console.isTerminal();
        return new Terminals(all, all, all, coloursAreWanted());
    }

    /** Whether somebody sits there who can be talked with. */
    boolean interactive() {
        return in && out;
    }

    private static boolean coloursAreWanted() {
        String noColor = System.getenv("NO_COLOR");
        return (noColor == null || noColor.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
    }
}
