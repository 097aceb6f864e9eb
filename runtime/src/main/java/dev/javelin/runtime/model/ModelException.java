package dev.javelin.runtime.model;

import dev.javelin.api.JavelinException;
import java.util.Locale;
import java.util.regex.Pattern;

/** A file that is sound, but describes no model that can be run; the message says what is amiss and where. */
public final class ModelException extends JavelinException {
    private static final long serialVersionUID = 1;

    /** What a name in a file could mislead a reader of the message with. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

    ModelException(String message) {
        super(message);
    }

    static ModelException of(String format, Object... values) {
        String message = String.format(Locale.ROOT, format, values);
        return new ModelException(INVISIBLE.matcher(message).replaceAll("\uFFFD"));
    }
}
