package dev.javelin.runtime.text;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * SentencePiece as GGUF files call it "llama": characters merge to the token of the highest score, the leftmost first; a
 * character without a token is spelled in bytes. Tokens write a blank as U+2581; here it is a blank throughout.
 */
final class SentencePieceModel implements TextModel, PairMerger.Rules {

    private static final byte[] MARK = {(byte) 0xE2, (byte) 0x96, (byte) 0x81};

    private final Vocabulary vocabulary;
    private final boolean spacePrefix;
    private final int[] priorities; // by token, the highest score first
    private final Seams seams;
    private final WholeTokens whole;

    SentencePieceModel(Vocabulary vocabulary, boolean spacePrefix) {
        this.vocabulary = vocabulary;
        this.spacePrefix = spacePrefix;
        priorities = priorities(vocabulary.spec());
        seams = new Seams(vocabulary);
        whole = new WholeTokens(vocabulary.size());
    }

    /** Tokens write a blank as U+2581. */
    static Vocabulary.Spelling spelling() {
        return new Vocabulary.Spelling() {
            @Override
            public byte[] key(byte[] text) {
                for (byte b : text) {
                    if (b == ' ') {
                        return new byte[0]; // no text has a blank once it is marked
                    }
                }
                return piece(text);
            }

            @Override
            public byte[] piece(byte[] text) {
                byte[] unmarked = new byte[text.length];
                return Arrays.copyOf(unmarked, unmark(text, 0, text.length, unmarked, 0));
            }

            @Override
            public List<String> byteTexts(int b) {
                String hex = String.format(Locale.ROOT, "<0x%02X>", b);
                return b < 0x80 ? List.of(hex, String.valueOf((char) b)) : List.of(hex);
            }
        };
    }

    private static int unmark(byte[] text, int from, int end, byte[] into, int start) {
        int to = start;
        for (int at = from; at < end; ) {
            if (text[at] == MARK[0] && at + 2 < end && text[at + 1] == MARK[1] && text[at + 2] == MARK[2]) {
                into[to++] = ' ';
                at += MARK.length;
            } else {
                into[to++] = text[at++];
            }
        }
        return to;
    }

    private static int[] priorities(VocabularySpec spec) {
        int size = spec.tokens().size();
        FloatBuffer scores = spec.scores();
        int[] priorities = new int[size];
        if (scores == null) {
            return priorities;
        }
        if (scores.remaining() < size) {
            throw spec.fail(
                    "each token must have a score: key=%sscores, scores=%d, tokens=%d",
                    VocabularySpec.PREFIX, scores.remaining(), size);
        }
        float[] sorted = new float[size];
        for (int id = 0; id < size; id++) {
            float score = scores.get(id) + 0f; // no minus zero
            if (Float.isNaN(score)) {
                throw spec.fail("a score must be a number: key=%sscores, index=%d", VocabularySpec.PREFIX, id);
            }
            sorted[id] = score;
        }
        Arrays.sort(sorted);
        for (int id = 0; id < size; id++) {
            int place = Arrays.binarySearch(sorted, scores.get(id) + 0f);
            while (place > 0 && sorted[place - 1] == sorted[place]) {
                place--;
            }
            priorities[id] = size - place;
        }
        return priorities;
    }

    @Override
    public long pair(byte[] text, int from, int end, int left, int right) {
        if (end - from > vocabulary.longestKey()) {
            return PairMerger.NONE;
        }
        int token = vocabulary.table().find(text, from, end);
        return token == TokenTable.NONE ? PairMerger.NONE : PairMerger.pack(priorities[token], token);
    }

    @Override
    public Session session() {
        return new Merging();
    }

    private final class Merging implements Session {

        private final PairMerger merger = new PairMerger(SentencePieceModel.this);

        @Override
        public void encode(byte[] text, int from, int end, boolean first, TokenBuffer out) {
            byte[] unmarked = new byte[end - from + 1 + Utf8.PADDING];
            int start = 0;
            if (first && spacePrefix) {
                unmarked[start++] = ' ';
            }
            int length = unmark(text, from, end, unmarked, start);
            int piece = 0;
            while (piece < length) {
                int next = seams.next(unmarked, piece, length);
                piece(unmarked, piece, next, out);
                piece = next;
            }
        }

        private void piece(byte[] text, int from, int end, TokenBuffer out) {
            int token = end - from > vocabulary.longestKey()
                    ? TokenTable.NONE
                    : vocabulary.table().find(text, from, end);
            if (token != TokenTable.NONE && whole.isWhole(token)) {
                out.add(token);
                return;
            }
            merger.clear();
            for (int at = from; at < end; ) {
                int next = Utf8.characterEnd(text, at, end);
                merger.add(vocabulary.table().find(text, at, next), at);
                at = next;
            }
            merger.merge(text, end);
            if (token != TokenTable.NONE && !whole.isKnown(token)) {
                whole.learn(token, merger.count() == 1);
            }
            for (int i = 0; i < merger.count(); i++) {
                if (merger.symbol(i) != TokenTable.NONE) {
                    out.add(merger.symbol(i));
                } else {
                    vocabulary.addBytes(text, merger.start(i), merger.start(i + 1), out);
                }
            }
        }
    }
}
