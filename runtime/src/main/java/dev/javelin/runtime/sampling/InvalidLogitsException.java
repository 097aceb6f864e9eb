package dev.javelin.runtime.sampling;

import dev.javelin.api.JavelinException;

/** No token can be chosen from what the model computed: a logit is not a number, or every token is impossible. */
public final class InvalidLogitsException extends JavelinException {
    private static final long serialVersionUID = 1L;

    InvalidLogitsException(String message) {
        super(message);
    }
}
