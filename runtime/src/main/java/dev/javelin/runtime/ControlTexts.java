package dev.javelin.runtime;

import dev.javelin.runtime.text.EncodeOptions;
import dev.javelin.runtime.text.TokenType;
import dev.javelin.runtime.text.Tokenizer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a model's control tokens, which must not come from users: a message that holds one would speak with another's
 * voice. A mark goes behind the first character of such a text before a template sees it, and where the rendered prompt has
 * marks no special token begins, so that the text stays text. Immutable.
 */
final class ControlTexts {
    /** Not a character, so no text has it. */
    private static final char MARK = '\uFDD0';

    private static final class Node {
        final Map<Character, Node> next = new HashMap<>();
        boolean ends;
    }

    private final Tokenizer tokenizer;
    private final Node root = new Node();

    ControlTexts(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        for (int id = 0; id < tokenizer.size(); id++) {
            if (tokenizer.type(id) == TokenType.CONTROL || tokenizer.type(id) == TokenType.UNKNOWN) {
                add(tokenizer.decode(id));
            }
        }
    }

    private void add(String text) {
        Node node = root;
        for (int i = 0; i < text.length(); i++) {
            node = node.next.computeIfAbsent(text.charAt(i), fresh -> new Node());
        }
        node.ends = !text.isEmpty();
    }

    /** The value with marks in all texts of control tokens, and without other marks; lists and maps as well. */
    @Nullable
    Object mark(@Nullable Object value) {
        return switch (value) {
            case String text -> mark(text);
            case List<?> list -> {
                List<Object> marked = new ArrayList<>();
                list.forEach(element -> marked.add(mark(element)));
                yield marked;
            }
            case Map<?, ?> map -> markAll(map);
            case null, default -> value;
        };
    }

    Map<String, Object> markAll(Map<?, ?> map) {
        Map<String, Object> marked = new LinkedHashMap<>();
        map.forEach((key, element) -> marked.put(mark(String.valueOf(key)), mark(element)));
        return marked;
    }

    String mark(String text) {
        String clean = text.replace(String.valueOf(MARK), ""); // first, as one within a control text would hide it
        StringBuilder marked = new StringBuilder();
        int done = 0;
        for (int i = 0; i < clean.length(); i++) {
            if (begins(clean, i)) {
                int next = clean.offsetByCodePoints(i, 1);
                marked.append(clean, done, next).append(MARK);
                done = next;
            }
        }
        return done == 0 ? clean : marked.append(clean, done, clean.length()).toString();
    }

    private boolean begins(String text, int from) {
        Node node = root;
        for (int i = from; i < text.length(); i++) {
            node = node.next.get(text.charAt(i));
            if (node == null) {
                return false;
            }
            if (node.ends) {
                return true;
            }
        }
        return false;
    }

    /**
     * The tokens of a rendered prompt: what a template wrote is parsed, marked texts are not. No end token is added, though the
     * file may ask for one, since the answer goes on.
     */
    int[] encode(String prompt) {
        StringBuilder text = new StringBuilder(prompt.length());
        BitSet barred = new BitSet();
        for (int i = 0; i < prompt.length(); i++) {
            if (prompt.charAt(i) != MARK) {
                text.append(prompt.charAt(i));
            } else if (!text.isEmpty()) {
                barred.set(text.offsetByCodePoints(text.length(), -1));
            }
        }
        int[] tokens = tokenizer.encode(text.toString(), new EncodeOptions(false, true), barred);
        OptionalInt bos = tokenizer.bos();
        boolean begun = bos.isPresent() && prompt.startsWith(tokenizer.decode(bos.getAsInt())); // by most templates
        return tokenizer.addsBos() && !begun ? after(bos.getAsInt(), tokens) : tokens;
    }

    private static int[] after(int first, int[] tokens) {
        int[] all = new int[tokens.length + 1];
        all[0] = first;
        System.arraycopy(tokens, 0, all, 1, tokens.length);
        return all;
    }
}
