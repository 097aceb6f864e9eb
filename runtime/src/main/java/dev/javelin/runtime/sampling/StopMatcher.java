package dev.javelin.runtime.sampling;

import java.util.Optional;

/**
 * Reads a text piece by piece and passes on what cannot belong to a stop string; what may be the beginning of one it holds back.
 * It keeps no text: what is held back is by definition the beginning of a stop string. Used by one thread at a time.
 */
public final class StopMatcher {

    private final StopStrings strings;
    private int state;
    private int matched = -1;

    StopMatcher(StopStrings strings) {
        this.strings = strings;
    }

    /**
     * Takes the next piece of any length and returns the text that may be shown now. When the text has ended, everything
     * before the stop string has been returned, and whatever comes after is ignored.
     */
    public String push(String piece) {
        if (matched >= 0) {
            return "";
        }
        int before = state;
        int state = before;
        for (int i = 0; i < piece.length(); i++) {
            state = strings.next(state, piece.charAt(i));
            int ending = strings.ending(state);
            if (ending >= 0) {
                matched = ending;
                int length = strings.strings().get(ending).length();
                return begin(before, piece, strings.held(before) + i + 1 - length);
            }
        }
        this.state = state;
        return begin(before, piece, strings.held(before) + piece.length() - strings.held(state));
    }

    /** Ends the text and returns what was held back; nothing if a stop string ended it before. */
    public String end() {
        if (matched >= 0 || strings.held(state) == 0) {
            return "";
        }
        String held = strings.owner(state).substring(0, strings.held(state));
        state = 0;
        return held;
    }

    /** Whether a stop string has ended the text. */
    public boolean stopped() {
        return matched >= 0;
    }

    /** The stop string that ended the text. */
    public Optional<String> matched() {
        return matched < 0 ? Optional.empty() : Optional.of(strings.strings().get(matched));
    }

    /** A matcher for a text that goes on from here on its own. */
    public StopMatcher fork() {
        StopMatcher fork = new StopMatcher(strings);
        fork.state = state;
        fork.matched = matched;
        return fork;
    }

    /** The first characters of what was held back followed by the piece. */
    private String begin(int before, String piece, int length) {
        int held = strings.held(before);
        if (held == 0) {
            return piece.substring(0, length);
        }
        String owner = strings.owner(before);
        return length <= held
                ? owner.substring(0, length)
                : owner.substring(0, held) + piece.substring(0, length - held);
    }
}
