package dev.javelin.runtime.template;

/** {@code macro}. */
final class MacroStatement extends Statement {
    private final MacroCode code;

    MacroStatement(int at, MacroCode code) {
        // Calling it costs its depth, defining it none.
        super(at, 0);
        this.code = code;
    }

    @Override
    Flow execute(Scope scope, TextBuilder out) {
        scope.set(code.name(), new Macro(code, scope));
        return Flow.NEXT;
    }
}
