package dev.javelin.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells the thinking part of an answer, which stands at its beginning between {@code <think>} and {@code </think>}, from the
 * rest, while it comes in pieces. A tag that is cut by the border of two pieces is held back until it is complete or none. For
 * one thread.
 */
final class Thinking {
    static final String BEGIN = "<think>";
    static final String END = "</think>";

    /** A part of a piece. */
    record Part(boolean thought, String text) {}

    private enum State {
        /** Nothing but white space has come. */
        BEFORE,
        WITHIN,
        AFTER
    }

    private final StringBuilder held = new StringBuilder();
    private State state;

    /** @param within whether the prompt has begun the thinking part already */
    Thinking(boolean within) {
        state = within ? State.WITHIN : State.BEFORE;
    }

    /** What is certain now that a piece has come. */
    List<Part> push(String piece) {
        held.append(piece);
        List<Part> parts = new ArrayList<>();
        if (state == State.BEFORE) {
            begin();
        }
        if (state == State.WITHIN) {
            within(parts);
        }
        if (state == State.AFTER) {
            take(held.length(), false, parts);
        }
        return parts;
    }

    /** What is left at the end. */
    List<Part> end() {
        List<Part> parts = new ArrayList<>();
        take(held.length(), state == State.WITHIN, parts);
        return parts;
    }

    private void begin() {
        int at = 0;
        while (at < held.length() && Character.isWhitespace(held.charAt(at))) {
            at++;
        }
        int known = Math.min(BEGIN.length(), held.length() - at);
        if (!held.substring(at, at + known).equals(BEGIN.substring(0, known))) {
            state = State.AFTER;
        } else if (known == BEGIN.length()) {
            held.delete(0, at + known);
            state = State.WITHIN;
        }
    }

    private void within(List<Part> parts) {
        int end = held.indexOf(END);
        if (end >= 0) {
            take(end, true, parts);
            held.delete(0, END.length());
            state = State.AFTER;
            return;
        }
        int possible = held.length();
        for (int length = Math.min(END.length() - 1, held.length()); length > 0; length--) {
            if (held.substring(held.length() - length).equals(END.substring(0, length))) {
                possible = held.length() - length;
                break;
            }
        }
        take(possible, true, parts);
    }

    private void take(int length, boolean thought, List<Part> parts) {
        if (length > 0) {
            parts.add(new Part(thought, held.substring(0, length)));
            held.delete(0, length);
        }
    }
}
