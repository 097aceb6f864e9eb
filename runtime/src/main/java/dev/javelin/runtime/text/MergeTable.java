package dev.javelin.runtime.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The merges of byte-level BPE: which two symbols become one, and how early. A symbol is a token, or a text that merges
 * speak of and that is none; those have numbers from the size of the vocabulary on.
 *
 * <p>Open addressing; a slot is one long: both symbols and the rank. Immutable, usable from any thread.
 */
final class MergeTable implements PairMerger.Rules {

    /** Ranks have 22 bits of a slot. */
    static final int MOST_MERGES = 1 << 22;

    private static final int SYMBOL_BITS = 21;
    private static final int RANK_BITS = 22;
    private static final int RANK_MASK = MOST_MERGES - 1;
    private static final long EMPTY = -1;

    private final long[] slots;
    private final int mask;
    private final int[] merged; // by rank
    private final int[] bytes = new int[256];
    private final int tokens;

    MergeTable(Vocabulary vocabulary, List<byte[]> merges, ByteAlphabet alphabet) {
        VocabularySpec spec = vocabulary.spec();
        if (merges.size() >= MOST_MERGES) {
            throw spec.fail(
                    "a vocabulary must have fewer than %d merges: key=%smerges, merges=%d",
                    MOST_MERGES, VocabularySpec.PREFIX, merges.size());
        }
        tokens = vocabulary.size();
        slots = new long[Integer.highestOneBit(Math.max(merges.size(), 8)) * 4];
        Arrays.fill(slots, EMPTY);
        mask = slots.length - 1;
        merged = new int[merges.size()];
        Symbols symbols = new Symbols(vocabulary);
        for (int b = 0; b < 256; b++) {
            bytes[b] = symbols.of(Arrays.copyOf(new byte[] {(byte) b}, 1 + Utf8.PADDING), 0, 1);
        }
        for (int rank = 0; rank < merges.size(); rank++) {
            add(spec, rank, merges.get(rank), symbols, alphabet);
        }
    }

    /** The symbol of a byte before any merge. */
    int symbol(byte b) {
        return bytes[b & 0xFF];
    }

    /** Whether a symbol is a token. */
    boolean isToken(int symbol) {
        return symbol < tokens;
    }

    @Override
    public long pair(byte[] text, int from, int end, int left, int right) {
        long key = (long) left << SYMBOL_BITS | right;
        for (int slot = slot(key); slots[slot] != EMPTY; slot = slot + 1 & mask) {
            if (slots[slot] >>> RANK_BITS == key) {
                int rank = (int) slots[slot] & RANK_MASK;
                return PairMerger.pack(rank, merged[rank]);
            }
        }
        return PairMerger.NONE;
    }

    private void add(VocabularySpec spec, int rank, byte[] merge, Symbols symbols, ByteAlphabet alphabet) {
        int space = 1;
        while (space < merge.length && merge[space] != ' ') {
            space++;
        }
        if (space + 1 >= merge.length) {
            throw spec.fail(
                    "a merge must be two texts with a space between: key=%smerges, index=%d",
                    VocabularySpec.PREFIX, rank);
        }
        byte[] both = symbols.scratch(merge.length);
        int middle = alphabet.decode(merge, 0, space, both, 0);
        int end = middle < 0 ? -1 : alphabet.decode(merge, space + 1, merge.length, both, middle);
        if (end < 0) {
            return; // no text has these characters once it is written in bytes, so the merge never happens
        }
        merged[rank] = symbols.of(both, 0, end);
        long key = (long) symbols.of(both, 0, middle) << SYMBOL_BITS | symbols.of(both, middle, end);
        int slot = slot(key);
        while (slots[slot] != EMPTY) {
            if (slots[slot] >>> RANK_BITS == key) {
                return; // the first one counts
            }
            slot = slot + 1 & mask;
        }
        slots[slot] = key << RANK_BITS | rank;
    }

    private int slot(long key) {
        return (int) (TokenHash.mix(key) >>> 20) & mask;
    }

    /** Numbers the texts that merges speak of. */
    private static final class Symbols {

        private final Vocabulary vocabulary;
        private final Map<String, Integer> others = new HashMap<>();
        private byte[] scratch = new byte[256];

        Symbols(Vocabulary vocabulary) {
            this.vocabulary = vocabulary;
        }

        /** Room for the bytes of a merge. */
        byte[] scratch(int length) {
            if (scratch.length < length + Utf8.PADDING) {
                scratch = new byte[Math.addExact(length, Utf8.PADDING)];
            }
            return scratch;
        }

        int of(byte[] text, int from, int end) {
            int token = vocabulary.table().find(text, from, end);
            if (token != TokenTable.NONE) {
                return token;
            }
            String key = new String(text, from, end - from, StandardCharsets.ISO_8859_1);
            int other = others.getOrDefault(key, vocabulary.size() + others.size());
            others.put(key, other);
            if (other >= 1 << SYMBOL_BITS) {
                throw vocabulary
                        .spec()
                        .fail(
                                "tokens and other texts of merges must be fewer than %d: key=%smerges",
                                1 << SYMBOL_BITS, VocabularySpec.PREFIX);
            }
            return other;
        }
    }
}
