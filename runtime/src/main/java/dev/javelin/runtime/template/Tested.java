package dev.javelin.runtime.template;

/** {@code value is test}. */
final class Tested extends Expr {
    private final Expr operand;
    private final ValueTest test;
    private final ArgumentList arguments;

    Tested(int at, Expr operand, ValueTest test, ArgumentList arguments) {
        super(at, Math.max(operand.depth(), arguments.depth()));
        this.operand = operand;
        this.test = test;
        this.arguments = arguments;
    }

    @Override
    Object evaluate(Scope scope) {
        Object value = operand.value(scope);
        return test.passes(scope.meter(), value, arguments.evaluate(scope));
    }
}
