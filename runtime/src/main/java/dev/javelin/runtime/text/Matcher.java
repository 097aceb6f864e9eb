package dev.javelin.runtime.text;

/** A pattern whose matches are pieces; what lies between two matches is a piece too. */
interface Matcher extends Splitter {

    /**
     * Where a match that begins at {@code at} ends, or {@code at} if none begins there. Together, the calls for all
     * places up to the end of a match must take time linear in its length.
     */
    int match(byte[] text, byte[] kinds, int at, int end);

    @Override
    default void split(byte[] text, byte[] kinds, int from, int end, Pieces out) {
        int gap = from;
        int at = from;
        while (at < end) {
            int next = match(text, kinds, at, end);
            if (next > at) {
                if (gap < at) {
                    out.piece(gap, at);
                }
                out.piece(at, next);
                at = next;
                gap = next;
            } else {
                at = Utf8.characterEnd(text, at, end);
            }
        }
        if (gap < end) {
            out.piece(gap, end);
        }
    }
}
