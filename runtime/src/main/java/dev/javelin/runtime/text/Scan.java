package dev.javelin.runtime.text;

/** What the patterns of pre-tokenizers have in common. */
final class Scan {

    private Scan() {}

    static boolean isKind(byte[] kinds, int at, int mask) {
        return (kinds[at] & mask) != 0;
    }

    static boolean isLineBreak(byte b) {
        return b == '\r' || b == '\n';
    }

    static boolean isAsciiLetter(byte b) {
        return isUpper(b) || isLower(b);
    }

    static boolean isUpper(byte b) {
        return b >= 'A' && b <= 'Z';
    }

    static boolean isLower(byte b) {
        return b >= 'a' && b <= 'z';
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Where the run of characters of the kinds of {@code mask} ends that begins at {@code at}. */
    static int run(byte[] kinds, int at, int end, int mask) {
        int next = at;
        while (next < end && (kinds[next] & mask) != 0) {
            next++;
        }
        return next;
    }

    /** Where the run of line breaks, and of {@code also}, ends that begins at {@code at}. */
    static int lineBreaks(byte[] text, int at, int end, char also) {
        int next = at;
        while (next < end && (isLineBreak(text[next]) || text[next] == also)) {
            next++;
        }
        return next;
    }

    /** As {@code \p{N}{1,most}}; 0 means without limit. */
    static int numbers(byte[] text, byte[] kinds, int at, int end, int most) {
        if (most == 0) {
            return run(kinds, at, end, CharKinds.NUMBER);
        }
        int next = at;
        for (int count = 0; count < most && next < end && isKind(kinds, next, CharKinds.NUMBER); count++) {
            next = Utf8.characterEnd(text, next, end);
        }
        return next;
    }

    /** As {@code \s*[\r\n]+|\s+(?!\S)|\s+}, or without its first part. */
    static int space(byte[] text, byte[] kinds, int at, int end, boolean lineBreaksFirst) {
        int next = run(kinds, at, end, CharKinds.SPACE);
        if (lineBreaksFirst) {
            for (int i = next - 1; i >= at; i--) {
                if (isLineBreak(text[i])) {
                    return i + 1;
                }
            }
        }
        if (next == end || next == at) {
            return next;
        }
        int last = next - 1;
        while ((text[last] & 0xC0) == 0x80 && last > at) {
            last--;
        }
        return last > at ? last : next; // the last space goes to what follows, unless it is the only one
    }

    /** The length of {@code 's 't 'm 'd 're 've 'll} at {@code at}, or 0. */
    static int contraction(byte[] text, int at, int end, boolean anyCase) {
        if (at + 1 >= end || text[at] != '\'') {
            return 0;
        }
        int lower = anyCase ? 0x20 : 0;
        int first = text[at + 1] | lower;
        if (first == 's' || first == 't' || first == 'm' || first == 'd') {
            return 2;
        }
        if (at + 2 >= end) {
            return 0;
        }
        int second = text[at + 2] | lower;
        boolean matches = ((first == 'r' || first == 'v') && second == 'e') || (first == 'l' && second == 'l');
        return matches ? 3 : 0;
    }
}
