package dev.javelin.runtime.template;

import dev.javelin.api.JavelinException;

/**
 * A chat template that cannot be read, or that failed on a conversation; says where in the template and why.
 *
 * <p>Immutable; any thread may read it.
 */
public final class TemplateException extends JavelinException {
    private static final long serialVersionUID = 1L;

    /** Who has to act on the error. */
    public enum Kind {
        /** The template is not valid, or uses what is refused here; no conversation can be rendered with it. */
        SYNTAX,
        /** The template met a value it cannot handle, such as adding a number to a string. */
        RENDER,
        /** The template itself complained about the conversation, through {@code raise_exception}. */
        RAISED,
        /** The template exceeded one of its {@link TemplateLimits}. */
        LIMIT
    }

    private final Kind kind;
    private final int line;
    private final int column;
    private final String excerpt;
    private final String reason;

    TemplateException(Kind kind, int line, int column, String excerpt, String reason) {
        super("chat template, line %d, column %d, in %s: %s".formatted(line, column, excerpt, reason));
        this.kind = kind;
        this.line = line;
        this.column = column;
        this.excerpt = excerpt;
        this.reason = reason;
    }

    /** Who has to act. */
    public Kind kind() {
        return kind;
    }

    /** The line of the template, counted from 1. */
    public int line() {
        return line;
    }

    /** The column in that line, counted from 1. */
    public int column() {
        return column;
    }

    /** The tag or expression at that place, shortened if long. */
    public String excerpt() {
        return excerpt;
    }

    /** What is wrong, without the place; for {@link Kind#RAISED} the template's own words. */
    public String reason() {
        return reason;
    }
}
