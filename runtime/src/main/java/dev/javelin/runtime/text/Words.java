package dev.javelin.runtime.text;

/**
 * The family of patterns that began with GPT-4: a word with one character of any other kind before it, numbers of few
 * digits, symbols with the line breaks after them, and spaces.
 *
 * @param letters the kinds that words consist of
 * @param byCase whether a word ends where a capital follows a small letter, so that {@code camelCase} is two
 * @param contractions where {@code 's} and its like are cut off
 * @param digits the most digits of a number; 0 means without limit
 * @param symbols the kinds that runs of symbols consist of
 * @param afterSymbols what belongs to the symbols before it
 */
record Words(int letters, boolean byCase, Contractions contractions, int digits, int symbols, After afterSymbols)
        implements Matcher {

    /** Where {@code 's} and its like are cut off. */
    enum Contractions {
        NONE,
        /** They are pieces of their own. */
        APART,
        /** They belong to the word before them. */
        ATTACHED
    }

    /** What belongs to the symbols before it. */
    enum After {
        NOTHING,
        LINE_BREAKS,
        LINE_BREAKS_AND_SLASHES
    }

    private static final int REST = CharKinds.PUNCTUATION | CharKinds.SYMBOL | CharKinds.MARK | CharKinds.OTHER;

    /** The pattern of Llama 3, with other numbers of digits. */
    static Words llama3(int digits) {
        return new Words(CharKinds.LETTER, false, Contractions.APART, digits, REST, After.LINE_BREAKS);
    }

    /** The pattern of GPT-4o as llama.cpp reads it: small and capital are told apart in ASCII only. */
    static Words gpt4o(int letters) {
        return new Words(letters, true, Contractions.ATTACHED, 3, REST, After.LINE_BREAKS_AND_SLASHES);
    }

    static Words tekken() {
        return new Words(CharKinds.LETTER, true, Contractions.NONE, 1, REST, After.LINE_BREAKS_AND_SLASHES);
    }

    static Words qwen35() {
        return new Words(
                CharKinds.LETTER | CharKinds.MARK,
                false,
                Contractions.APART,
                1,
                REST & ~CharKinds.MARK,
                After.LINE_BREAKS);
    }

    /** Words of letters and marks with their contractions, as in the patterns of Youtu and Tiny Aya. */
    static Words attached(int digits) {
        return new Words(
                CharKinds.LETTER | CharKinds.MARK,
                false,
                Contractions.ATTACHED,
                digits,
                REST,
                After.LINE_BREAKS_AND_SLASHES);
    }

    Words with(Contractions others) {
        return new Words(letters, byCase, others, digits, symbols, afterSymbols);
    }

    Words with(After other) {
        return new Words(letters, byCase, contractions, digits, symbols, other);
    }

    @Override
    public int match(byte[] text, byte[] kinds, int at, int end) {
        if (contractions == Contractions.APART) {
            int contraction = Scan.contraction(text, at, end, true);
            if (contraction > 0) {
                return at + contraction;
            }
        }
        int word = word(text, kinds, at, end);
        if (word > at) {
            return word;
        }
        if (Scan.isKind(kinds, at, CharKinds.NUMBER)) {
            return Scan.numbers(text, kinds, at, end, digits);
        }
        int symbol = text[at] == ' ' ? at + 1 : at;
        int next = Scan.run(kinds, symbol, end, symbols);
        if (next > symbol) {
            return switch (afterSymbols) {
                case NOTHING -> next;
                case LINE_BREAKS -> Scan.lineBreaks(text, next, end, '\n');
                case LINE_BREAKS_AND_SLASHES -> Scan.lineBreaks(text, next, end, '/');
            };
        }
        return Scan.space(text, kinds, at, end, true);
    }

    /** A word with at most one character before it, or {@code at} if none begins here. */
    private int word(byte[] text, byte[] kinds, int at, int end) {
        boolean leads = !Scan.isKind(kinds, at, CharKinds.LETTER | CharKinds.NUMBER) && !Scan.isLineBreak(text[at]);
        int start = leads ? Utf8.characterEnd(text, at, end) : at;
        int next = byCase ? cased(text, kinds, at, start, end) : uncased(kinds, at, start, end);
        if (next > at && contractions == Contractions.ATTACHED) {
            next += Scan.contraction(text, next, end, true);
        }
        return next;
    }

    private int uncased(byte[] kinds, int at, int start, int end) {
        int next = Scan.run(kinds, start, end, letters);
        return next > start ? next : Scan.run(kinds, at, end, letters);
    }

    /** The character before {@code start} may be a mark, which is a letter of the word if none follows. */
    private int cased(byte[] text, byte[] kinds, int at, int start, int end) {
        int next = toSmall(text, kinds, start, end);
        if (next > start) {
            return next;
        }
        next = toSmall(text, kinds, at, end);
        if (next > at) {
            return next;
        }
        next = capitals(text, kinds, start, end);
        return next > start ? next : capitals(text, kinds, at, end);
    }

    /**
     * Capitals, then at least one small letter; {@code at} if there is none. Letters outside ASCII are both, so that the
     * capitals give back those after the last of them.
     */
    private int toSmall(byte[] text, byte[] kinds, int at, int end) {
        int next = capitals(text, kinds, at, end);
        if (next < end && Scan.isKind(kinds, next, letters)) {
            return small(text, kinds, next, end);
        }
        while (next > at && Scan.isUpper(text[next - 1])) {
            next--;
        }
        return next;
    }

    private int capitals(byte[] text, byte[] kinds, int at, int end) {
        int next = at;
        while (next < end && Scan.isKind(kinds, next, letters) && !Scan.isLower(text[next])) {
            next++;
        }
        return next;
    }

    private int small(byte[] text, byte[] kinds, int at, int end) {
        int next = at;
        while (next < end && Scan.isKind(kinds, next, letters) && !Scan.isUpper(text[next])) {
            next++;
        }
        return next;
    }
}
