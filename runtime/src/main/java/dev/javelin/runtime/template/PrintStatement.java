package dev.javelin.runtime.template;

/** An expression in double braces. */
final class PrintStatement extends Statement {
    private final Expr value;

    PrintStatement(Expr value) {
        super(value.at(), value.depth());
        this.value = value;
    }

    @Override
    Flow execute(Scope scope, TextBuilder out) {
        out.add(Text.of(value.value(scope), scope.meter()));
        return Flow.NEXT;
    }
}
