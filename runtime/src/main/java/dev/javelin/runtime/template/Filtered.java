package dev.javelin.runtime.template;

/** {@code value|filter}. */
final class Filtered extends Expr {
    private final Expr operand;
    private final FilterStep step;

    Filtered(Expr operand, FilterStep step) {
        super(step.at(), Math.max(operand.depth(), step.arguments().depth()));
        this.operand = operand;
        this.step = step;
    }

    @Override
    Object evaluate(Scope scope) {
        return step.apply(operand.value(scope), scope);
    }
}
