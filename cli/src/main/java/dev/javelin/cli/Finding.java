package dev.javelin.cli;

/**
 * One thing that {@code doctor} looked at.
 *
 * @param about what, in one word
 * @param text how it is, and the remedy if it is not well
 */
record Finding(Level level, String about, String text) {
    /** How well something is. */
    enum Level {
        OK("ok"),
        /** Worth knowing, and no fault. */
        NOTE("note"),
        /** Something does not work. */
        BAD("BAD");

        private final String shown;

        Level(String shown) {
            this.shown = shown;
        }
    }

    static Finding ok(String about, String text) {
        return new Finding(Level.OK, about, text);
    }

    static Finding note(String about, String text) {
        return new Finding(Level.NOTE, about, text);
    }

    static Finding bad(String about, String text) {
        return new Finding(Level.BAD, about, text);
    }

    String shownLevel() {
        return level.shown;
    }
}
