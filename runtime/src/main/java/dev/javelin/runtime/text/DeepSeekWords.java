package dev.javelin.runtime.text;

/**
 * The last pattern of DeepSeek-V3: a word after an ASCII punctuation mark, a word with at most one character before it,
 * punctuation and symbols with the line breaks after them, and spaces. Numbers and controls match nothing.
 *
 * @param lineBreaks whether line breaks belong to the symbols before them and to the spaces before them; otherwise each
 *     is a piece of its own
 */
record DeepSeekWords(boolean lineBreaks) implements Matcher {

    private static final int WORD = CharKinds.LETTER | CharKinds.MARK;
    private static final int SYMBOLS = CharKinds.PUNCTUATION | CharKinds.SYMBOL;

    @Override
    public int match(byte[] text, byte[] kinds, int at, int end) {
        byte b = text[at];
        if (isAsciiPunctuation(b) && at + 1 < end && Scan.isAsciiLetter(text[at + 1])) {
            int next = at + 1;
            while (next < end && Scan.isAsciiLetter(text[next])) {
                next++;
            }
            return next;
        }
        if (!Scan.isKind(kinds, at, CharKinds.LETTER | SYMBOLS) && !Scan.isLineBreak(b)) {
            int start = Utf8.characterEnd(text, at, end);
            int next = Scan.run(kinds, start, end, WORD);
            if (next > start) {
                return next;
            }
        }
        int word = Scan.run(kinds, at, end, WORD);
        if (word > at) {
            return word;
        }
        int symbol = b == ' ' ? at + 1 : at;
        int next = Scan.run(kinds, symbol, end, SYMBOLS);
        if (next > symbol) {
            return lineBreaks ? Scan.lineBreaks(text, next, end, '\n') : next;
        }
        if (!lineBreaks && Scan.isLineBreak(b)) {
            return at + 1;
        }
        return Scan.space(text, kinds, at, end, lineBreaks);
    }

    private static boolean isAsciiPunctuation(byte b) {
        return b >= '!' && b <= '~' && !Scan.isAsciiLetter(b) && !Scan.isDigit(b);
    }
}
