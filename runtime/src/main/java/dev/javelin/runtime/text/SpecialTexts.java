package dev.javelin.runtime.text;

import java.util.Arrays;
import java.util.List;

/**
 * Finds the longest of many texts that begins at each place, in one pass from the end to the beginning: an Aho-Corasick
 * automaton over the texts read backwards.
 *
 * <p>Immutable, usable from any thread.
 */
final class SpecialTexts {

    static final int NONE = -1;

    /** One text and the token that it is. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Entry(byte[] text, int token) {}

    private final int[] roots = new int[256];
    private long[] edges; // state, byte and target in one long; 0 is empty
    private int edgeCount;
    private int[] fails = new int[16];
    private int[] tokens = new int[16]; // the text that a state spells, or NONE
    private int[] shorter = new int[16]; // the next state on the way of fails that spells one, or NONE
    private int[] lengths = new int[16];
    private int states = 1;

    SpecialTexts(List<Entry> entries) {
        edges = new long[64];
        tokens[0] = NONE;
        shorter[0] = NONE;
        for (Entry entry : entries) {
            insert(entry);
        }
        link();
    }

    private void insert(Entry entry) {
        int state = 0;
        for (int at = entry.text.length - 1; at >= 0; at--) {
            int next = edge(state, entry.text[at]);
            if (next == NONE) {
                next = newState(lengths[state] + 1);
                addEdge(state, entry.text[at], next);
            }
            state = next;
        }
        tokens[state] = entry.token;
    }

    /** States are made parents first, but not by length; fails need them by length. */
    private void link() {
        int[] parents = new int[states];
        byte[] bytes = new byte[states];
        for (long edge : edges) {
            if (edge != 0) {
                parents[(int) edge] = (int) (edge >>> 40);
                bytes[(int) edge] = (byte) (edge >>> 32);
            }
        }
        for (int state : byLength()) {
            if (state == 0) {
                continue;
            }
            int fail = fails[parents[state]];
            int next = parents[state] == 0 ? 0 : edge(fail, bytes[state]);
            while (next == NONE && fail != 0) {
                fail = fails[fail];
                next = edge(fail, bytes[state]);
            }
            fails[state] = Math.max(next, 0);
            shorter[state] = tokens[fails[state]] != NONE ? fails[state] : shorter[fails[state]];
            if (parents[state] == 0) {
                roots[bytes[state] & 0xFF] = state;
            }
        }
    }

    private int[] byLength() {
        int longest = Arrays.stream(lengths, 0, states).max().orElse(0);
        int[] ends = new int[longest + 2];
        for (int state = 0; state < states; state++) {
            ends[lengths[state] + 1]++;
        }
        Arrays.parallelPrefix(ends, Integer::sum);
        int[] order = new int[states];
        for (int state = 0; state < states; state++) {
            order[ends[lengths[state]]++] = state;
        }
        return order;
    }

    private int newState(int length) {
        if (states == fails.length) {
            int capacity = Math.multiplyExact(states, 2);
            fails = Arrays.copyOf(fails, capacity);
            tokens = Arrays.copyOf(tokens, capacity);
            shorter = Arrays.copyOf(shorter, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
        }
        tokens[states] = NONE;
        shorter[states] = NONE;
        lengths[states] = length;
        return states++;
    }

    private void addEdge(int state, byte b, int target) {
        if (++edgeCount * 2 > edges.length) {
            long[] old = edges;
            edges = new long[Math.multiplyExact(old.length, 2)];
            for (long edge : old) {
                if (edge != 0) {
                    put(edge);
                }
            }
        }
        put((long) state << 40 | (b & 0xFFL) << 32 | target);
    }

    private void put(long edge) {
        int slot = slot(edge >>> 32);
        while (edges[slot] != 0) {
            slot = slot + 1 & edges.length - 1;
        }
        edges[slot] = edge;
    }

    private int edge(int state, byte b) {
        long key = (long) state << 8 | (b & 0xFF);
        for (int slot = slot(key); edges[slot] != 0; slot = slot + 1 & edges.length - 1) {
            if (edges[slot] >>> 32 == key) {
                return (int) edges[slot];
            }
        }
        return NONE;
    }

    private int slot(long key) {
        return (int) (TokenHash.mix(key) >>> 20) & edges.length - 1;
    }

    /** Whether there is no text to find. */
    boolean isEmpty() {
        return states == 1;
    }

    /** The state after reading {@code b} in {@code state}; the first state is 0. */
    int read(int state, byte b) {
        int from = state;
        while (from != 0) {
            int next = edge(from, b);
            if (next != NONE) {
                return next;
            }
            from = fails[from];
        }
        return roots[b & 0xFF];
    }

    /** The state of the longest text that begins where {@code state} was reached, or {@link #NONE}. */
    int longest(int state) {
        return tokens[state] != NONE ? state : shorter[state];
    }

    /** The state of the next shorter text that begins at the same place, or {@link #NONE}. */
    int shorter(int state) {
        return shorter[state];
    }

    int token(int state) {
        return tokens[state];
    }

    int length(int state) {
        return lengths[state];
    }
}
