package dev.javelin.runtime.gguf;

import org.jspecify.annotations.Nullable;

/**
 * A rule that a readable file breaks, so that it cannot be opened as a model.
 *
 * @param file that breaks it
 * @param tensor whose data cannot be used, or null if the fault is not that of one tensor
 * @param message the rule, what broke it, and the remedy
 */
public record GgufFault(String file, @Nullable String tensor, String message) {

    GgufException toException() {
        return new GgufException(message + ", file=" + file);
    }
}
