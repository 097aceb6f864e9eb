package dev.javelin.runtime.template;

/**
 * What went wrong, on its way to the node that knows where. It never leaves the package: at the border it becomes a
 * {@link TemplateException}.
 */
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final TemplateException.Kind kind;
    private final String reason;
    private int at = -1;

    private Fault(TemplateException.Kind kind, String reason) {
        // The place in the template tells more than the place in this package, and a stack trace is dear.
        super(reason, null, false, false);
        this.kind = kind;
        this.reason = reason;
    }

    static Fault syntax(String reason) {
        return new Fault(TemplateException.Kind.SYNTAX, reason);
    }

    static Fault render(String reason) {
        return new Fault(TemplateException.Kind.RENDER, reason);
    }

    static Fault raised(String reason) {
        return new Fault(TemplateException.Kind.RAISED, reason);
    }

    static Fault limit(String reason) {
        return new Fault(TemplateException.Kind.LIMIT, reason);
    }

    /** Sets the place unless a node nearer to the cause has done so. */
    Fault at(int place) {
        if (at < 0) {
            at = place;
        }
        return this;
    }

    TemplateException in(Source source) {
        return source.exception(kind, Math.max(at, 0), reason);
    }
}
