package dev.javelin.runtime.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens of a model: their bytes, types and roles.
 *
 * <p>A token has a key, the bytes of the text that it is matched against, and a piece, the bytes that it prints. Both are
 * the same for most tokens, so only the keys lie in one array, and pieces that differ in a map.
 *
 * <p>Immutable, usable from any thread.
 */
final class Vocabulary {

    /** Tokens have 21 bits in the table of merges. */
    static final int MOST_TOKENS = 1 << 20;

    private final VocabularySpec spec;
    private final byte[] keys;
    private final int[] starts;
    private final Map<Integer, byte[]> pieces;
    private final TokenTable table;
    private final TokenAttributes attributes;
    private final SpecialIds ids;
    private final int[] byteTokens;
    private final int longestKey;

    /** How the texts of a kind of vocabulary become keys and pieces. */
    interface Spelling {
        /** The bytes that a token stands for in a text, or an empty array if it is never matched. */
        byte[] key(byte[] text);

        /** The bytes that a token prints. */
        byte[] piece(byte[] text);

        /** The text of the token for a byte. */
        List<String> byteTexts(int b);
    }

    Vocabulary(VocabularySpec spec, SpecialIds ids, Spelling spelling) {
        this.spec = spec;
        this.ids = ids;
        int size = spec.tokens().size();
        if (size == 0 || size > MOST_TOKENS) {
            throw spec.fail(
                    "a vocabulary must have 1 to %d tokens: key=%stokens, tokens=%d",
                    MOST_TOKENS, VocabularySpec.PREFIX, size);
        }
        attributes = new TokenAttributes(spec, ids);
        starts = new int[size + 1];
        pieces = new HashMap<>();
        byte[] bytes = new byte[size * 8];
        int at = 0;
        int longest = 0;
        BitSet matched = new BitSet(size);
        for (int id = 0; id < size; id++) {
            byte[] text = spec.tokens().get(id);
            byte[] piece = piece(id, text, spelling);
            byte[] key = isMatched(attributes.type(id)) ? spelling.key(text) : piece;
            matched.set(id, isMatched(attributes.type(id)) && key.length > 0);
            if (!Arrays.equals(key, piece)) {
                pieces.put(id, piece);
            }
            int end = Math.addExact(at, key.length);
            if (end + Utf8.PADDING > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(bytes.length * 3L / 2, end + Utf8.PADDING)));
            }
            System.arraycopy(key, 0, bytes, at, key.length);
            at = end;
            starts[id + 1] = at;
            longest = matched.get(id) ? Math.max(longest, key.length) : longest;
        }
        keys = Arrays.copyOf(bytes, at + Utf8.PADDING);
        longestKey = longest;
        table = new TokenTable(keys, starts);
        for (int id = matched.nextSetBit(0); id >= 0; id = matched.nextSetBit(id + 1)) {
            int first = table.add(id);
            if (first != id) {
                throw spec.fail(
                        "no two tokens may be the same: key=%stokens, indexes=%d and %d, token=%s",
                        VocabularySpec.PREFIX,
                        first,
                        id,
                        printable(spec.tokens().get(id)));
            }
        }
        byteTokens = byteTokens(spelling);
    }

    private static boolean isMatched(TokenType type) {
        return switch (type) {
            case NORMAL, USER_DEFINED, UNUSED, UNDEFINED -> true;
            case CONTROL, UNKNOWN, BYTE -> false; // a text must not become one of them by spelling it
        };
    }

    private byte[] piece(int id, byte[] text, Spelling spelling) {
        return switch (attributes.type(id)) {
            case NORMAL -> spelling.piece(text);
            case CONTROL, UNKNOWN, USER_DEFINED -> text;
            case BYTE -> new byte[] {byteOf(id, text)};
            case UNUSED, UNDEFINED -> new byte[0];
        };
    }

    private byte byteOf(int id, byte[] text) {
        if (text.length == 6 && text[0] == '<' && text[1] == '0' && text[2] == 'x' && text[5] == '>') {
            int high = Character.digit(text[3], 16);
            int low = Character.digit(text[4], 16);
            if (high >= 0 && low >= 0) {
                return (byte) (high << 4 | low);
            }
        }
        throw spec.fail(
                "a token of type BYTE must be written as <0x00> to <0xFF>: key=%stokens, index=%d, token=%s",
                VocabularySpec.PREFIX, id, printable(text));
    }

    private int[] byteTokens(Spelling spelling) {
        Map<String, Integer> wanted = new HashMap<>();
        for (int b = 0; b < 256; b++) {
            for (String text : spelling.byteTexts(b)) {
                wanted.put(text, SpecialIds.NONE);
            }
        }
        for (int id = 0; id < size(); id++) {
            byte[] text = spec.tokens().get(id);
            boolean usable = isMatched(attributes.type(id)) || attributes.type(id) == TokenType.BYTE;
            if (usable && text.length <= 6) {
                wanted.replace(new String(text, StandardCharsets.UTF_8), SpecialIds.NONE, id);
            }
        }
        int[] tokens = new int[256];
        for (int b = 0; b < 256; b++) {
            tokens[b] = SpecialIds.NONE;
            for (String text : spelling.byteTexts(b)) {
                tokens[b] = tokens[b] == SpecialIds.NONE ? wanted.getOrDefault(text, SpecialIds.NONE) : tokens[b];
            }
        }
        return tokens;
    }

    private static String printable(byte[] text) {
        String shown = new String(text, 0, Math.min(text.length, 40), StandardCharsets.UTF_8);
        return text.length > 40 ? shown + "…" : shown;
    }

    VocabularySpec spec() {
        return spec;
    }

    int size() {
        return starts.length - 1;
    }

    TokenTable table() {
        return table;
    }

    TokenAttributes attributes() {
        return attributes;
    }

    SpecialIds ids() {
        return ids;
    }

    TokenType type(int id) {
        return attributes.type(id);
    }

    /** The token that stands for a byte where no other does, or {@link SpecialIds#NONE}. */
    int byteToken(int b) {
        return byteTokens[b & 0xFF];
    }

    /** The length of the longest key that is matched. */
    int longestKey() {
        return longestKey;
    }

    /** The array in which the keys of all tokens lie. */
    byte[] keys() {
        return keys;
    }

    /** Where in {@link #keys()} the key of a token begins; that of the one after the last is where the last ends. */
    int keyStart(int id) {
        return starts[id];
    }

    byte[] piece(int id) {
        byte[] piece = pieces.get(id);
        return piece != null ? piece.clone() : Arrays.copyOfRange(keys, starts[id], starts[id + 1]);
    }

    /** The tokens that stand for {@code text} byte by byte; a byte without a token is the unknown token, if there is one. */
    void addBytes(byte[] text, int from, int end, TokenBuffer out) {
        for (int at = from; at < end; at++) {
            int id = byteToken(text[at]);
            if (id == SpecialIds.NONE) {
                id = ids.id("unknown");
            }
            if (id != SpecialIds.NONE) {
                out.add(id);
            }
        }
    }
}
