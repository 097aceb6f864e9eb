package dev.javelin.runtime.template;

/** {@code value.name}. */
final class Attribute extends Expr {
    private final Expr owner;
    private final String name;

    Attribute(int at, Expr owner, String name) {
        super(at, owner.depth());
        this.owner = owner;
        this.name = name;
    }

    @Override
    Object evaluate(Scope scope) {
        return Access.attribute(owner.value(scope), name, scope.meter());
    }
}
