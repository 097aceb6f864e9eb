package dev.javelin.runtime.template;

/** {@code set target = value}. */
final class SetStatement extends Statement {
    private final Target target;
    private final Expr value;

    SetStatement(int at, Target target, Expr value) {
        super(at, value.depth());
        this.target = target;
        this.value = value;
    }

    @Override
    Flow execute(Scope scope, TextBuilder out) {
        target.check(scope);
        target.assign(scope, value.value(scope));
        return Flow.NEXT;
    }
}
