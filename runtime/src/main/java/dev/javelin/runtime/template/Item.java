package dev.javelin.runtime.template;

/** {@code value[key]}. */
final class Item extends Expr {
    private final Expr owner;
    private final Expr key;

    Item(int at, Expr owner, Expr key) {
        super(at, depth(owner, key));
        this.owner = owner;
        this.key = key;
    }

    @Override
    Object evaluate(Scope scope) {
        Object value = owner.value(scope);
        return Access.item(value, key.value(scope), scope.meter());
    }
}
