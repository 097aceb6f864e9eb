package dev.javelin.runtime.template;

/** {@code value if condition else other}. */
final class Conditional extends Expr {
    private final Expr condition;
    private final Expr value;
    private final Expr other;

    Conditional(int at, Expr condition, Expr value, Expr other) {
        super(at, depth(condition, value, other));
        this.condition = condition;
        this.value = value;
        this.other = other;
    }

    @Override
    Object evaluate(Scope scope) {
        return Truth.of(condition.value(scope)) ? value.value(scope) : other.value(scope);
    }
}
