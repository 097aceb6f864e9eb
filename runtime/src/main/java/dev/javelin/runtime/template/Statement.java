package dev.javelin.runtime.template;

/** A node that writes or assigns. */
abstract class Statement {
    private final int at;
    private final int depth;

    Statement(int at, int depth) {
        this.at = at;
        this.depth = depth + 1;
    }

    final int depth() {
        return depth;
    }

    final Flow run(Scope scope, TextBuilder out) {
        scope.meter().step();
        try {
            return execute(scope, out);
        } catch (Fault fault) {
            throw fault.at(at);
        }
    }

    abstract Flow execute(Scope scope, TextBuilder out);
}
