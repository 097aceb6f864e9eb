package dev.javelin.runtime.template;

import java.util.List;

/** Statements in a row. */
final class Body {
    private final Statement[] statements;
    private final int depth;

    Body(List<Statement> statements) {
        this.statements = statements.toArray(Statement[]::new);
        this.depth = statements.stream().mapToInt(Statement::depth).max().orElse(0);
    }

    int depth() {
        return depth;
    }

    boolean isEmpty() {
        return statements.length == 0;
    }

    Flow run(Scope scope, TextBuilder out) {
        for (Statement statement : statements) {
            Flow flow = statement.run(scope, out);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    /** What the body writes. */
    String capture(Scope scope) {
        TextBuilder out = new TextBuilder(scope.meter());
        run(scope, out);
        return out.toString();
    }
}
