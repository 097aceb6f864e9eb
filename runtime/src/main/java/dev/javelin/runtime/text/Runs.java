package dev.javelin.runtime.text;

/**
 * Runs of characters of a set.
 *
 * @param most the most characters of a run; 0 means without limit
 * @param before which character may stand before a run and belong to it
 */
record Runs(CharSet set, int most, Before before) implements Matcher {

    /** Which character may stand before a run and belong to it. */
    enum Before {
        NONE,
        /** A blank, U+0020. */
        BLANK,
        /** Any white space. */
        SPACE
    }

    static Runs of(CharSet set) {
        return new Runs(set, 0, Before.NONE);
    }

    static Runs upTo(int most, CharSet set) {
        return new Runs(set, most, Before.NONE);
    }

    @Override
    public int match(byte[] text, byte[] kinds, int at, int end) {
        int start = mayLead(text, kinds, at) ? Utf8.characterEnd(text, at, end) : at;
        int next = run(text, kinds, start, end);
        if (next > start) {
            return next;
        }
        return start > at ? run(text, kinds, at, end) : at;
    }

    private boolean mayLead(byte[] text, byte[] kinds, int at) {
        return switch (before) {
            case NONE -> false;
            case BLANK -> text[at] == ' ';
            case SPACE -> Scan.isKind(kinds, at, CharKinds.SPACE);
        };
    }

    private int run(byte[] text, byte[] kinds, int at, int end) {
        int next = at;
        for (int count = 0; (most == 0 || count < most) && next < end && set.has(text, kinds, next); count++) {
            next = Utf8.characterEnd(text, next, end);
        }
        return next;
    }
}
