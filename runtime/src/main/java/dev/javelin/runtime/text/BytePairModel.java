package dev.javelin.runtime.text;

import java.util.List;

/** Byte-level BPE: text is cut into pieces, whose bytes merge by rank. */
final class BytePairModel implements TextModel {

    private final Vocabulary vocabulary;
    private final PreTokenizer pre;
    private final MergeTable merges;
    private final WholeTokens whole;

    BytePairModel(Vocabulary vocabulary, PreTokenizer pre, List<byte[]> merges) {
        this.vocabulary = vocabulary;
        this.pre = pre;
        this.merges = new MergeTable(vocabulary, merges, new ByteAlphabet());
        whole = new WholeTokens(vocabulary.size());
    }

    /** Tokens write each byte as one character. */
    static Vocabulary.Spelling spelling() {
        ByteAlphabet alphabet = new ByteAlphabet();
        return new Vocabulary.Spelling() {
            @Override
            public byte[] key(byte[] text) {
                byte[] decoded = alphabet.decode(text);
                return decoded == null ? new byte[0] : decoded;
            }

            @Override
            public byte[] piece(byte[] text) {
                return alphabet.decodeLeniently(text);
            }

            @Override
            public List<String> byteTexts(int b) {
                return List.of(String.valueOf(alphabet.character(b)));
            }
        };
    }

    @Override
    public Session session() {
        return new Merging();
    }

    private final class Merging implements Session {

        private final PairMerger merger = new PairMerger(merges);
        private byte[] kinds = new byte[0];

        @Override
        public void encode(byte[] text, int from, int end, boolean first, TokenBuffer out) {
            if (kinds.length < text.length) {
                kinds = new byte[text.length];
            }
            pre.kinds().classify(text, from, end, kinds);
            pre.cascade(text, kinds, (start, stop) -> piece(text, start, stop, out))
                    .piece(from, end);
        }

        private void piece(byte[] text, int from, int end, TokenBuffer out) {
            int token = vocabulary.table().find(text, from, end);
            if (token != TokenTable.NONE && (pre.ignoreMerges() || whole.isWhole(token))) {
                out.add(token);
                return;
            }
            merger.clear();
            for (int at = from; at < end; at++) {
                merger.add(merges.symbol(text[at]), at);
            }
            merger.merge(text, end);
            if (token != TokenTable.NONE && !whole.isKnown(token)) {
                whole.learn(token, merger.count() == 1 && merger.symbol(0) == token);
            }
            for (int i = 0; i < merger.count(); i++) {
                if (merges.isToken(merger.symbol(i))) {
                    out.add(merger.symbol(i));
                } else {
                    vocabulary.addBytes(text, merger.start(i), merger.start(i + 1), out);
                }
            }
        }
    }
}
