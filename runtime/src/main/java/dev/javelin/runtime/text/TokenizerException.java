package dev.javelin.runtime.text;

import dev.javelin.api.JavelinException;
import java.util.Locale;

/** A vocabulary cannot be used; the message names the rule, the key or token that breaks it, and the file. */
public final class TokenizerException extends JavelinException {

    private static final long serialVersionUID = 1L;

    public TokenizerException(String message) {
        super(message);
    }

    /** The rule that {@code file} breaks, then what broke it; numbers look the same everywhere. */
    static TokenizerException of(String file, String message, Object... arguments) {
        return new TokenizerException(String.format(Locale.ROOT, message, arguments) + ", file=" + file);
    }
}
