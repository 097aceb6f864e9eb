package dev.javelin.runtime.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a call as they stand in the template. */
record ArgumentList(
        List<Expr> positional,
        Map<String, Expr> named,
        @Nullable Expr spread,
        @Nullable Expr namedSpread,
        int depth) {

    static final ArgumentList NONE = new ArgumentList(List.of(), Map.of(), null, null, 0);

    static ArgumentList of(
            List<Expr> positional, Map<String, Expr> named, @Nullable Expr spread, @Nullable Expr namedSpread) {
        List<Expr> all = new ArrayList<>(positional);
        all.addAll(named.values());
        if (spread != null) {
            all.add(spread);
        }
        if (namedSpread != null) {
            all.add(namedSpread);
        }
        return new ArgumentList(List.copyOf(positional), named, spread, namedSpread, Expr.depth(all));
    }

    Arguments evaluate(Scope scope) {
        if (positional.isEmpty() && named.isEmpty() && spread == null && namedSpread == null) {
            return Arguments.NONE;
        }
        Meter meter = scope.meter();
        meter.elements(positional.size() + 4L * named.size());
        List<Object> values = new ArrayList<>(positional.size());
        for (Expr expr : positional) {
            values.add(expr.value(scope));
        }
        if (spread != null) {
            List<Object> more = Items.list(spread.value(scope), meter);
            meter.elements(more.size());
            values.addAll(more);
        }
        Map<String, Object> namedValues = named.isEmpty() && namedSpread == null ? Map.of() : new LinkedHashMap<>();
        for (Map.Entry<String, Expr> entry : named.entrySet()) {
            namedValues.put(entry.getKey(), entry.getValue().value(scope));
        }
        if (namedSpread != null) {
            spread(namedSpread.value(scope), namedValues, meter);
        }
        return new Arguments(values, namedValues);
    }

    private static void spread(Object value, Map<String, Object> namedValues, Meter meter) {
        if (!(value instanceof Dict dict)) {
            throw Types.mismatch("after ** comes a mapping", value);
        }
        meter.elements(4L * dict.size());
        for (Dict.Entry entry : dict.entries()) {
            if (!(entry.key() instanceof String name)) {
                throw Types.mismatch("the names of arguments are strings", entry.key());
            }
            if (namedValues.put(name, entry.value()) != null) {
                throw Fault.render("an argument is given twice: name=" + name);
            }
        }
    }
}
