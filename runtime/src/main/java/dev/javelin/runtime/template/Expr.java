package dev.javelin.runtime.template;

import java.util.List;

/** A node that has a value. Immutable, as all nodes. */
abstract class Expr {
    private final int at;
    private final int depth;

    /** {@code at} is where in the source, {@code depth} that of the deepest part. */
    Expr(int at, int depth) {
        this.at = at;
        this.depth = depth + 1;
    }

    static int depth(List<? extends Expr> parts) {
        int depth = 0;
        for (Expr part : parts) {
            depth = Math.max(depth, part.depth);
        }
        return depth;
    }

    static int depth(Expr... parts) {
        return depth(List.of(parts));
    }

    final int at() {
        return at;
    }

    final int depth() {
        return depth;
    }

    final Object value(Scope scope) {
        scope.meter().step();
        try {
            return evaluate(scope);
        } catch (Fault fault) {
            throw fault.at(at);
        }
    }

    abstract Object evaluate(Scope scope);
}
