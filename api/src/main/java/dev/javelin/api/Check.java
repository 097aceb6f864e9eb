package dev.javelin.api;

import org.jspecify.annotations.Nullable;

/** The one way a constructor refuses its arguments: the rule first, then the values. */
final class Check {
    private Check() {}

    /** For constructors only: the arguments are boxed whether or not the rule holds. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency
    static void that(boolean holds, String rule, @Nullable Object... values) {
        if (!holds) {
            throw new IllegalArgumentException(rule.formatted(values));
        }
    }
}
