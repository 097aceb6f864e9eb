package dev.javelin.runtime.template;

/** A value that stands in the template. */
final class Literal extends Expr {
    private final Object value;

    Literal(int at, Object value) {
        super(at, 0);
        this.value = value;
    }

    @Override
    Object evaluate(Scope scope) {
        return value;
    }
}
