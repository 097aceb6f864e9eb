package dev.javelin.runtime.template;

/** A call block: its body is what {@code caller()} writes in the macro that is called. */
final class CallStatement extends Statement {
    private final Call call;
    private final MacroCode body;

    CallStatement(int at, Call call, MacroCode body) {
        super(at, call.depth());
        this.call = call;
        this.body = body;
    }

    @Override
    Flow execute(Scope scope, TextBuilder out) {
        Object result = call.withCaller(scope, new Macro(body, scope));
        out.add(Text.of(result, scope.meter()));
        return Flow.NEXT;
    }
}
