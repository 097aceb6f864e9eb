package dev.javelin.runtime.template;

import java.util.List;

/** A mapping made of expressions. */
final class Mapping extends Expr {
    private final List<Expr> keys;
    private final List<Expr> values;

    Mapping(int at, List<Expr> keys, List<Expr> values) {
        super(at, Math.max(depth(keys), depth(values)));
        this.keys = List.copyOf(keys);
        this.values = List.copyOf(values);
    }

    @Override
    Object evaluate(Scope scope) {
        Meter meter = scope.meter();
        meter.elements(4L * keys.size() + 8);
        Dict dict = new Dict();
        for (int i = 0; i < keys.size(); i++) {
            Object key = keys.get(i).value(scope);
            dict.put(Keys.of(key, meter), key, values.get(i).value(scope));
        }
        return dict;
    }
}
