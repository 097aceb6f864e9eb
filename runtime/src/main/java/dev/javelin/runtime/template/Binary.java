package dev.javelin.runtime.template;

/** An operator of arithmetic between two expressions. */
final class Binary extends Expr {
    private final Operator operator;
    private final Expr left;
    private final Expr right;

    Binary(int at, Operator operator, Expr left, Expr right) {
        super(at, depth(left, right));
        this.operator = operator;
        this.left = left;
        this.right = right;
    }

    @Override
    Object evaluate(Scope scope) {
        Object a = left.value(scope);
        return Arithmetic.apply(operator, a, right.value(scope), scope.meter());
    }
}
