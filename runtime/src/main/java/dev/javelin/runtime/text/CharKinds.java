package dev.javelin.runtime.text;

import java.util.Arrays;

/**
 * Says what kind of character each code point is: one bit for each kind, so that a set of kinds is a mask.
 *
 * <p>Immutable, usable from any thread.
 */
final class CharKinds {

    static final int LETTER = 1;
    static final int NUMBER = 1 << 1;
    static final int PUNCTUATION = 1 << 2;
    static final int SYMBOL = 1 << 3;
    static final int MARK = 1 << 4;
    /** White space, with line breaks. */
    static final int SPACE = 1 << 5;
    /** Controls, formats, private use, and what Unicode has not assigned. */
    static final int OTHER = 1 << 6;

    private static final int BLOCK = 256;

    private final byte[] kinds;
    private final char[] blocks = new char[(Character.MAX_CODE_POINT + 1) / BLOCK];

    /** Reads the table. */
    CharKinds() {
        byte[] all = new byte[Character.MAX_CODE_POINT + 1];
        fill(all);
        byte[] distinct = new byte[BLOCK];
        int count = 0;
        for (int block = 0; block < blocks.length; block++) {
            int known = 0;
            while (known < count && !same(all, block, distinct, known)) {
                known++;
            }
            if (known == count) {
                distinct = Arrays.copyOf(distinct, ++count * BLOCK);
                System.arraycopy(all, block * BLOCK, distinct, known * BLOCK, BLOCK);
            }
            blocks[block] = (char) known;
        }
        kinds = distinct;
    }

    /** The kind of a code point, or of what a broken character gives. */
    int of(int codePoint) {
        if (codePoint > Character.MAX_CODE_POINT) {
            return OTHER;
        }
        return kinds[blocks[codePoint / BLOCK] * BLOCK + codePoint % BLOCK];
    }

    /** Writes the kind of each character to each of its bytes' places. */
    void classify(byte[] text, int from, int end, byte[] into) {
        int at = from;
        while (at < end) {
            int b = text[at];
            if (b >= 0) {
                into[at++] = kinds[b];
                continue;
            }
            byte kind = (byte) of(Utf8.codePoint(text, at));
            int next = Utf8.characterEnd(text, at, end);
            while (at < next) {
                into[at++] = kind;
            }
        }
    }

    private static void fill(byte[] all) {
        String runs = UnicodeRuns.RUNS;
        int at = 0;
        int i = 0;
        while (i < runs.length()) {
            char letter = runs.charAt(i++);
            if (letter == '\n') {
                continue;
            }
            int length = 0;
            for (int digit; (digit = hexDigit(runs, i)) >= 0; i++) {
                length = length << 4 | digit;
            }
            int to = at + Math.max(length, 1);
            Arrays.fill(all, at, to, kind(letter));
            at = to;
        }
        if (at != all.length) {
            throw new IllegalStateException("the runs must cover all code points: end=" + at);
        }
    }

    private static int hexDigit(String runs, int at) {
        return at < runs.length() && !Character.isUpperCase(runs.charAt(at))
                ? Character.digit(runs.charAt(at), 16)
                : -1;
    }

    private static byte kind(char letter) {
        return (byte)
                switch (letter) {
                    case 'L' -> LETTER;
                    case 'N' -> NUMBER;
                    case 'P' -> PUNCTUATION;
                    case 'S' -> SYMBOL;
                    case 'M' -> MARK;
                    case 'W' -> SPACE;
                    case 'O' -> OTHER;
                    default -> throw new IllegalStateException("unknown kind: letter=" + letter);
                };
    }

    private static boolean same(byte[] all, int block, byte[] distinct, int known) {
        return Arrays.equals(all, block * BLOCK, (block + 1) * BLOCK, distinct, known * BLOCK, (known + 1) * BLOCK);
    }
}
