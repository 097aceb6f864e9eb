package dev.javelin.runtime.template;

/** {@code value[start:stop:step]}; what is absent is the literal none. */
final class Slice extends Expr {
    private final Expr owner;
    private final Expr start;
    private final Expr stop;
    private final Expr step;

    Slice(int at, Expr owner, Expr start, Expr stop, Expr step) {
        super(at, depth(owner, start, stop, step));
        this.owner = owner;
        this.start = start;
        this.stop = stop;
        this.step = step;
    }

    @Override
    Object evaluate(Scope scope) {
        Object value = owner.value(scope);
        return Slicing.of(value, start.value(scope), stop.value(scope), step.value(scope), scope.meter());
    }
}
