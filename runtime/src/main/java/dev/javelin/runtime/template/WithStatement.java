package dev.javelin.runtime.template;

import java.util.List;

/** A body with its own variables, some of them set at the start: {@code with}, {@code generation}, {@code block}. */
final class WithStatement extends Statement {
    private final List<Target> targets;
    private final List<Expr> values;
    private final Body body;

    WithStatement(int at, List<Target> targets, List<Expr> values, Body body) {
        super(at, Math.max(Expr.depth(values), body.depth()));
        this.targets = List.copyOf(targets);
        this.values = List.copyOf(values);
        this.body = body;
    }

    @Override
    Flow execute(Scope scope, TextBuilder out) {
        Scope inner = scope.inner();
        for (int i = 0; i < targets.size(); i++) {
            targets.get(i).assign(inner, values.get(i).value(scope));
        }
        return body.run(inner, out);
    }
}
