package dev.javelin.runtime.template;

import java.util.List;

/** A tuple: a list that prints with parentheses, is not equal to any list, and can be a key. */
record Tuple(List<Object> items, boolean group) {

    static Tuple of(Object... items) {
        return new Tuple(List.of(items), false);
    }

    static Tuple of(List<Object> items) {
        return new Tuple(items, false);
    }

    /** A group of {@code groupby}, whose two items also have names. */
    static Tuple group(Object grouper, List<Object> list) {
        return new Tuple(List.of(grouper, list), true);
    }
}
