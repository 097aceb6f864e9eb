package dev.javelin.runtime.gguf;

import dev.javelin.api.JavelinException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A GGUF file breaks a rule of the format, or lacks what was asked of it; the message names the file, the place and the rule. */
public final class GgufException extends JavelinException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST_SHOWN = 100;

    public GgufException(String message) {
        super(message);
    }

    public GgufException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A string of a file as messages show it: short, and without what terminals would act on. */
    static String shown(String text) {
        String begin = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
        return begin.chars()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The rule that {@code file} breaks, then what broke it; numbers look the same everywhere. */
    static GgufException of(String file, String message, Object... arguments) {
        return new GgufException(String.format(Locale.ROOT, message, arguments) + ", file=" + file);
    }
}
