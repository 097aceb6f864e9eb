package dev.javelin.runtime.sampling;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Strings at which generated text ends. Immutable, for any number of threads; {@link #matcher()} makes what reads one text.
 *
 * <p>The text ends at the first character that completes a stop string; if several end there, the longest counts. So the end is
 * the same however the text is cut into pieces, and a match never waits for what comes after it. The time is linear in the
 * text, whatever the text and the strings: this is the automaton of Aho and Corasick.
 */
public final class StopStrings {

    /** What all strings together may have. */
    private static final int MAX_CHARS = 1 << 20;

    private static final int ROOT = 0;

    private final List<String> strings;

    /** From a state and a character to the state after it. */
    private final Map<Long, Integer> edges = new HashMap<>();

    /** By state: the one of the longest proper suffix that begins a string. */
    private final int[] fallback;

    /** By state: how many characters lead to it. */
    private final int[] depth;

    /** By state: a string that begins with the characters that lead to it. */
    private final int[] owner;

    /** By state: the longest string that ends with it, or -1. */
    private final int[] ending;

    private StopStrings(List<String> strings) {
        this.strings = strings;
        int most = 1 + strings.stream().mapToInt(String::length).sum();
        fallback = new int[most];
        depth = new int[most];
        owner = new int[most];
        ending = new int[most];
        Arrays.fill(ending, -1);
        int[] parent = new int[most];
        int states = 1;
        for (int s = 0; s < strings.size(); s++) {
            String string = strings.get(s);
            int state = ROOT;
            for (int i = 0; i < string.length(); i++) {
                Integer known = edges.putIfAbsent(edge(state, string.charAt(i)), states);
                if (known == null) {
                    parent[states] = state;
                    depth[states] = i + 1;
                    owner[states] = s;
                }
                state = known == null ? states++ : known;
            }
            ending[state] = s;
        }
        linkFallbacks(parent, states);
    }

    /** Shallow states first: those that deeper ones fall back to. */
    private void linkFallbacks(int[] parent, int states) {
        IntStream.range(1, states)
                .boxed()
                .sorted(Comparator.comparingInt(state -> depth[state]))
                .forEach(state -> {
                    if (depth[state] > 1) {
                        char last = strings.get(owner[state]).charAt(depth[state] - 1);
                        fallback[state] = next(fallback[parent[state]], last);
                    }
                    if (ending[state] < 0) {
                        ending[state] = ending[fallback[state]];
                    }
                });
    }

    /**
     * Stop strings in any order; none means that no text ends.
     *
     * @throws IllegalArgumentException if one is empty or has half of a character, or all together are too long
     */
    public static StopStrings of(List<String> strings) {
        List<String> copy = List.copyOf(strings);
        long chars = 0;
        for (int i = 0; i < copy.size(); i++) {
            String string = copy.get(i);
            if (string.isEmpty()) {
                throw new IllegalArgumentException("a stop string must not be empty: index=" + i);
            }
            if (string.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
                throw new IllegalArgumentException("a stop string must not have half of a surrogate pair: index=" + i);
            }
            chars += string.length();
        }
        if (chars > MAX_CHARS) {
            throw new IllegalArgumentException(
                    "stop strings must not be too long: characters=" + chars + ", range: 0 to " + MAX_CHARS);
        }
        return new StopStrings(copy);
    }

    /** The strings. */
    public List<String> strings() {
        return strings;
    }

    /** Something that reads a text from its beginning. */
    public StopMatcher matcher() {
        return new StopMatcher(this);
    }

    /** The state after another character. */
    int next(int state, char character) {
        int from = state;
        while (true) {
            Integer next = edges.get(edge(from, character));
            if (next != null) {
                return next;
            }
            if (from == ROOT) {
                return ROOT;
            }
            from = fallback[from];
        }
    }

    /** The string that ends with this state, or -1. */
    int ending(int state) {
        return ending[state];
    }

    /** How many of the last characters may be the beginning of a string. */
    int held(int state) {
        return depth[state];
    }

    /** A string that begins with those characters. */
    String owner(int state) {
        return strings.get(owner[state]);
    }

    private static long edge(int state, char character) {
        return (long) state << Character.SIZE | character;
    }
}
