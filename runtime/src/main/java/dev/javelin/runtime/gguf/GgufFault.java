package dev.javelin.runtime.gguf;

import org.jspecify.annotations.Nullable;

/**
 * A rule that a readable file breaks, so that it cannot be opened as a model.
 *
 * @param tensor whose data cannot be used, or null if the fault is not that of one tensor
 * @param message one sentence: the rule, what broke it, the file, and the remedy
 */
public record GgufFault(@Nullable String tensor, String message) {

    GgufException toException() {
        return new GgufException(message);
    }
}
