package dev.javelin.runtime.template;

/** {@code and}, {@code or}: the value of the operand that decides. */
final class Logic extends Expr {
    private final boolean and;
    private final Expr left;
    private final Expr right;

    Logic(int at, boolean and, Expr left, Expr right) {
        super(at, depth(left, right));
        this.and = and;
        this.left = left;
        this.right = right;
    }

    @Override
    Object evaluate(Scope scope) {
        Object value = left.value(scope);
        return Truth.of(value) == and ? right.value(scope) : value;
    }
}
