package dev.javelin.runtime.template;

import java.util.ArrayList;
import java.util.List;

/** A list or tuple made of expressions. */
final class Sequence extends Expr {
    private final List<Expr> items;
    private final boolean tuple;

    Sequence(int at, List<Expr> items, boolean tuple) {
        super(at, depth(items));
        this.items = List.copyOf(items);
        this.tuple = tuple;
    }

    List<Expr> items() {
        return items;
    }

    boolean isTuple() {
        return tuple;
    }

    @Override
    Object evaluate(Scope scope) {
        scope.meter().elements(items.size() + 1L);
        List<Object> values = new ArrayList<>(items.size());
        for (Expr item : items) {
            values.add(item.value(scope));
        }
        return tuple ? Tuple.of(values) : values;
    }
}
