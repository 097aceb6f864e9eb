package dev.javelin.runtime;

import dev.javelin.runtime.text.EncodeOptions;
import dev.javelin.runtime.text.TokenType;
import dev.javelin.runtime.text.Tokenizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a model's control tokens, which must not come from users: a message that holds one would speak with another's
 * voice. A mark goes into such a text before a template sees it, and where the rendered prompt has a mark it is cut before it
 * is tokenised, so that the text stays text. Immutable.
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
        StringBuilder marked = null;
        for (int i = 0; i < text.length(); i++) {
            boolean begins = begins(text, i);
            if (marked == null && (begins || text.charAt(i) == MARK)) {
                marked = new StringBuilder(text.length() + 8).append(text, 0, i);
            }
            if (marked != null && text.charAt(i) != MARK) {
                marked.append(text.charAt(i));
            }
            if (marked != null && begins) {
                marked.append(MARK);
            }
        }
        return marked == null ? text : marked.toString();
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

    /** The tokens of a rendered prompt: what a template wrote is parsed, marked texts are not. */
    int[] encode(String prompt) {
        String begin =
                tokenizer.bos().isPresent() ? tokenizer.decode(tokenizer.bos().getAsInt()) : "";
        boolean addSpecial = begin.isEmpty() || !prompt.startsWith(begin); // templates mostly write it themselves
        List<int[]> parts = new ArrayList<>();
        int length = 0;
        for (String part : prompt.split(String.valueOf(MARK), -1)) {
            int[] tokens = tokenizer.encode(part, new EncodeOptions(addSpecial && parts.isEmpty(), true));
            parts.add(tokens);
            length += tokens.length;
        }
        int[] all = new int[length];
        int at = 0;
        for (int[] tokens : parts) {
            System.arraycopy(tokens, 0, all, at, tokens.length);
            at += tokens.length;
        }
        return all;
    }
}
