package dev.javelin.runtime.text;

/** The pattern of GPT-2: {@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}. */
final class Gpt2Words implements Matcher {

    private static final int REST = CharKinds.PUNCTUATION | CharKinds.SYMBOL | CharKinds.MARK | CharKinds.OTHER;

    @Override
    public int match(byte[] text, byte[] kinds, int at, int end) {
        int contraction = Scan.contraction(text, at, end, false);
        if (contraction > 0) {
            return at + contraction;
        }
        int word = text[at] == ' ' ? at + 1 : at;
        if (word == end || Scan.isKind(kinds, word, CharKinds.SPACE)) {
            return Scan.space(text, kinds, at, end, false);
        }
        int mask = kinds[word] & (CharKinds.LETTER | CharKinds.NUMBER);
        return Scan.run(kinds, word, end, mask == 0 ? REST : mask);
    }
}
