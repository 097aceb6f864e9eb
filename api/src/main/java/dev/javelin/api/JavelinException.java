package dev.javelin.api;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that goes wrong for a reason outside the caller's code: a device, a file, a missing feature.
 *
 * <p>A caller's own mistake is an {@link IllegalArgumentException}, use after close an {@link IllegalStateException}.
 */
public class JavelinException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JavelinException(String message) {
        super(message);
    }

    public JavelinException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
