package dev.javelin.runtime.template;

/** A variable. */
final class Name extends Expr {
    private final String name;
    private final Undefined absent;

    Name(int at, String name) {
        super(at, 0);
        this.name = name;
        this.absent = Undefined.name(name);
    }

    String name() {
        return name;
    }

    @Override
    Object evaluate(Scope scope) {
        Object value = scope.get(name);
        return value == null ? absent : value;
    }
}
