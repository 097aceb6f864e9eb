package dev.javelin.runtime.text;

import java.util.HashSet;
import java.util.Set;

/**
 * Where a text can be cut because no token reaches across: between two characters of which no token has the first before
 * its end, or the second after its beginning; and before a blank if no token has the two together. Merging the parts one
 * by one then gives the same tokens as merging the whole, and parts are short.
 *
 * <p>Immutable, usable from any thread.
 */
final class Seams {

    private final boolean[] goesOn = new boolean[128]; // ASCII that a token has before its end
    private final boolean[] continues = new boolean[128]; // ASCII that a token has after its beginning
    private final Set<Integer> beforeBlank = new HashSet<>(); // characters that a token has before a blank
    private final boolean[] asciiBeforeBlank = new boolean[128];

    Seams(Vocabulary vocabulary) {
        byte[] keys = vocabulary.keys();
        for (int id = 0; id < vocabulary.size(); id++) {
            int end = vocabulary.keyStart(id + 1);
            for (int at = vocabulary.keyStart(id); at < end; ) {
                int next = Utf8.characterEnd(keys, at, end);
                if (next < end) {
                    join(Utf8.codePoint(keys, at), Utf8.codePoint(keys, next));
                }
                at = next;
            }
        }
    }

    private void join(int left, int right) {
        if (left < 128) {
            goesOn[left] = true;
        }
        if (right < 128) {
            continues[right] = true;
        }
        if (right == ' ') {
            beforeBlank.add(left);
            if (left < 128) {
                asciiBeforeBlank[left] = true;
            }
        }
    }

    /** Where the part that begins at {@code from} ends. */
    int next(byte[] text, int from, int end) {
        int at = from;
        while (true) {
            int next = Utf8.characterEnd(text, at, end);
            if (next == end) {
                return end;
            }
            byte left = text[at];
            byte right = text[next];
            if ((left >= 0 && !goesOn[left]) || (right >= 0 && !continues[right])) {
                return next;
            }
            if (right == ' '
                    && !(left >= 0 ? asciiBeforeBlank[left] : beforeBlank.contains(Utf8.codePoint(text, at)))) {
                return next;
            }
            at = next;
        }
    }
}
