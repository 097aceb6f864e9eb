package dev.javelin.runtime.text;

/** The pattern {@code \s+$}: white space at the end is a piece of its own. */
final class TrailingSpace implements Splitter {

    @Override
    public void split(byte[] text, byte[] kinds, int from, int end, Pieces out) {
        int start = end;
        while (start > from && Scan.isKind(kinds, start - 1, CharKinds.SPACE)) {
            start--;
        }
        if (start > from) {
            out.piece(from, start);
        }
        if (start < end) {
            out.piece(start, end);
        }
    }
}
