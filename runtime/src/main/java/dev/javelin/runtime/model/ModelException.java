package dev.javelin.runtime.model;

import dev.javelin.api.JavelinException;
import java.util.Locale;

/** A file that is sound, but describes no model that can be run; the message says what is amiss and where. */
public final class ModelException extends JavelinException {
    private static final long serialVersionUID = 1;

    ModelException(String message) {
        super(message);
    }

    static ModelException of(String format, Object... values) {
        return new ModelException(String.format(Locale.ROOT, format, values));
    }
}
