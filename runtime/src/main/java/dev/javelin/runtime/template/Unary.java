package dev.javelin.runtime.template;

/** {@code not}, {@code -} or {@code +} before an expression. */
final class Unary extends Expr {

    enum Sign {
        NOT,
        MINUS,
        PLUS
    }

    private final Sign sign;
    private final Expr operand;

    Unary(int at, Sign sign, Expr operand) {
        super(at, operand.depth());
        this.sign = sign;
        this.operand = operand;
    }

    @Override
    Object evaluate(Scope scope) {
        Object value = operand.value(scope);
        return switch (sign) {
            case NOT -> !Truth.of(value);
            case MINUS -> Arithmetic.negate(value);
            case PLUS -> Arithmetic.plus(value);
        };
    }
}
