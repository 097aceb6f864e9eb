package dev.javelin.runtime.text;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The special tokens in a text: the longest first, wherever they stand, each from left to right; then the shorter ones in
 * what is left. That is how llama.cpp takes them, one token after the other; here it takes one pass over the text and then
 * time by what was found.
 */
final class SpecialMatches {

    private final SpecialTexts texts;
    private final BitSet stripsLeft;
    private final BitSet stripsRight;

    /**
     * A matcher.
     *
     * @param stripsLeft tokens that swallow white space before them
     * @param stripsRight tokens that swallow white space after them
     */
    SpecialMatches(SpecialTexts texts, BitSet stripsLeft, BitSet stripsRight) {
        this.texts = texts;
        this.stripsLeft = stripsLeft;
        this.stripsRight = stripsRight;
    }

    /** Takes the parts of a text in order. */
    interface Parts {
        void text(int from, int end);

        void token(int id);
    }

    /**
     * Cuts the first {@code length} bytes of {@code text} into special tokens and the text between them.
     *
     * @param barred places where none begins, whatever stands there
     */
    void cut(byte[] text, int length, BitSet barred, Parts parts) {
        Found found = texts.isEmpty() ? new Found() : find(text, length, barred);
        if (found.count == 0) {
            if (length > 0) {
                parts.text(0, length);
            }
            return;
        }
        Claims claims = new Claims(text, length);
        claims.claim(found);
        claims.emit(parts);
    }

    private Found find(byte[] text, int length, BitSet barred) {
        Found found = new Found();
        int state = 0;
        for (int at = length - 1; at >= 0; at--) {
            state = texts.read(state, text[at]);
            if (state != 0 && !barred.get(at)) {
                int longest = texts.longest(state);
                if (longest != SpecialTexts.NONE) {
                    found.add(at, longest);
                }
            }
        }
        return found;
    }

    /** Places and the states of the texts found there. */
    private static final class Found {
        private long[] entries = new long[16]; // place and state
        private int count;

        void add(int at, int state) {
            if (count == entries.length) {
                entries = Arrays.copyOf(entries, Math.multiplyExact(count, 2));
            }
            entries[count++] = (long) at << 32 | state;
        }
    }

    /** Who owns which bytes of a text. */
    private final class Claims {
        private final byte[] text;
        private final int length;
        private final BitSet taken;
        private Found owned = new Found(); // places and tokens; a token's strip is taken without an owner

        Claims(byte[] text, int length) {
            this.text = text;
            this.length = length;
            taken = new BitSet(length);
        }

        /** Deals with texts by their lengths, the longest first, and with what was given a shorter one when its turn comes. */
        void claim(Found found) {
            int longest = 0;
            for (int i = 0; i < found.count; i++) {
                longest = Math.max(longest, texts.length((int) found.entries[i]));
            }
            Found[] byLength = new Found[longest + 1];
            for (int i = found.count - 1; i >= 0; i--) {
                put(byLength, found.entries[i]);
            }
            for (int size = longest; size > 0; size--) {
                Found same = byLength[size];
                if (same != null) {
                    Arrays.sort(same.entries, 0, same.count);
                    for (int i = 0; i < same.count; i++) {
                        claim((int) (same.entries[i] >>> 32), (int) same.entries[i], byLength);
                    }
                    byLength[size] = null;
                }
            }
        }

        private static void put(Found[] byLength, long entry, int size) {
            if (byLength[size] == null) {
                byLength[size] = new Found();
            }
            byLength[size].add((int) (entry >>> 32), (int) entry);
        }

        private void put(Found[] byLength, long entry) {
            put(byLength, entry, texts.length((int) entry));
        }

        private void claim(int at, int state, Found[] byLength) {
            int size = texts.length(state);
            int free = free(at, size);
            if (free == size) {
                owned.add(at, texts.token(state));
                taken.set(at, at + size);
                strip(at, at + size, texts.token(state));
                return;
            }
            int shorter = texts.shorter(state);
            while (shorter != SpecialTexts.NONE && texts.length(shorter) > free) {
                shorter = texts.shorter(shorter);
            }
            if (shorter != SpecialTexts.NONE) {
                put(byLength, (long) at << 32 | shorter);
            }
        }

        /** How many bytes from {@code at} on are free, up to {@code size}. */
        private int free(int at, int size) {
            for (int i = 0; i < size; i++) {
                if (taken.get(at + i)) {
                    return i;
                }
            }
            return size;
        }

        private void strip(int from, int end, int token) {
            if (stripsLeft.get(token)) {
                for (int at = from - 1; at >= 0 && !taken.get(at) && isSpace(text[at]); at--) {
                    taken.set(at);
                }
            }
            if (stripsRight.get(token)) {
                for (int at = end; at < length && !taken.get(at) && isSpace(text[at]); at++) {
                    taken.set(at);
                }
            }
        }

        void emit(Parts parts) {
            Arrays.sort(owned.entries, 0, owned.count);
            int next = 0;
            int at = 0;
            while (at < length) {
                int start = taken.nextSetBit(at);
                int end = start < 0 ? length : start;
                if (at < end) {
                    parts.text(at, end);
                }
                int free = taken.nextClearBit(end);
                at = Math.min(free, length);
                for (; next < owned.count && (int) (owned.entries[next] >>> 32) < at; next++) {
                    parts.token((int) owned.entries[next]);
                }
            }
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }
}
