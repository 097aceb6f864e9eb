package dev.javelin.runtime.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Remembers of each token whether merging its own text gives that token, as it does for nearly all: then a piece of text
 * that is a token need not be merged. Learnt at the first use of a token.
 *
 * <p>Usable from any thread: what is remembered does not depend on who found it out, so that racing threads write the same.
 */
final class WholeTokens {

    private static final byte UNKNOWN = 0;
    private static final byte WHOLE = 1;
    private static final byte PARTS = 2;
    private static final VarHandle STATES = MethodHandles.arrayElementVarHandle(byte[].class);

    private final byte[] states;

    WholeTokens(int size) {
        states = new byte[size];
    }

    boolean isWhole(int id) {
        return (byte) STATES.getOpaque(states, id) == WHOLE;
    }

    boolean isKnown(int id) {
        return (byte) STATES.getOpaque(states, id) != UNKNOWN;
    }

    void learn(int id, boolean whole) {
        STATES.setOpaque(states, id, whole ? WHOLE : PARTS);
    }
}
