package dev.javelin.runtime.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The filters that order, compare or group items; case does not count unless asked for. */
final class OrderFilters {

    static final Map<String, Filter> ALL = Map.of(
            "sort", OrderFilters::sort,
            "dictsort", OrderFilters::sortDict,
            "unique", OrderFilters::unique,
            "min", (meter, value, arguments) -> extreme("min", Relation.LESS, meter, value, arguments),
            "max", (meter, value, arguments) -> extreme("max", Relation.GREATER, meter, value, arguments),
            "groupby", OrderFilters::group);

    private OrderFilters() {}

    private static Object folded(Object value, boolean cased, Meter meter) {
        return cased || !Text.is(value) ? value : Strings.lower(Text.string(value), meter);
    }

    private static Object sort(Meter meter, Object value, Arguments arguments) {
        Bound bound = arguments.bind("sort", "reverse?", "case_sensitive?", "attribute?");
        boolean cased = bound.truth(1, false);
        List<Ordering.Keyed> keyed = new ArrayList<>();
        for (Object item : Items.list(value, meter)) {
            meter.elements(4);
            keyed.add(new Ordering.Keyed(key(item, bound.given(2) ? bound.value(2) : null, cased, meter), item));
        }
        return items(Ordering.sort(keyed, bound.truth(0, false), meter));
    }

    /**
     * What an item is sorted by: itself, an attribute, or several with commas between. Always a list, as in Jinja: items
     * of lists that are equal need not have an order.
     */
    private static Object key(Object item, @Nullable Object attribute, boolean cased, Meter meter) {
        if (attribute == null) {
            return List.of(folded(item, cased, meter));
        }
        if (!Text.is(attribute)) {
            return List.of(folded(Access.path(item, attribute, null, meter), cased, meter));
        }
        List<Object> keys = new ArrayList<>();
        for (Object path : Strings.split(Text.string(attribute), ",", Long.MAX_VALUE, meter)) {
            keys.add(folded(Access.path(item, path, null, meter), cased, meter));
        }
        return keys;
    }

    private static List<Object> items(List<Ordering.Keyed> sorted) {
        List<Object> items = new ArrayList<>(sorted.size());
        sorted.forEach(one -> items.add(one.item()));
        return items;
    }

    private static Object sortDict(Meter meter, Object value, Arguments arguments) {
        Bound bound = arguments.bind("dictsort", "case_sensitive?", "by?", "reverse?");
        String by = bound.text(1, "key");
        if (!by.equals("key") && !by.equals("value")) {
            throw Fault.render("dictsort sorts by key or value: by=" + by);
        }
        if (!(value instanceof Dict dict)) {
            throw Types.mismatch("dictsort takes a mapping", value);
        }
        List<Ordering.Keyed> keyed = new ArrayList<>();
        for (Dict.Entry entry : dict.entries()) {
            meter.elements(4);
            Object key = folded(by.equals("key") ? entry.key() : entry.value(), bound.truth(0, false), meter);
            keyed.add(new Ordering.Keyed(key, Tuple.of(entry.key(), entry.value())));
        }
        return items(Ordering.sort(keyed, bound.truth(2, false), meter));
    }

    private static Object unique(Meter meter, Object value, Arguments arguments) {
        Bound bound = arguments.bind("unique", "case_sensitive?", "attribute?");
        Iterator<Object> items = Items.of(value, meter);
        Set<Object> seen = new HashSet<>();
        return new Lazy(meter, () -> {
            while (items.hasNext()) {
                Object item = items.next();
                Object key = bound.given(1) ? Access.path(item, bound.value(1), null, meter) : item;
                meter.elements(4);
                meter.step();
                meter.step();
                if (seen.add(Keys.of(folded(key, bound.truth(0, false), meter), meter))) {
                    return item;
                }
            }
            return null;
        });
    }

    private static Object extreme(String name, Relation better, Meter meter, Object value, Arguments arguments) {
        Bound bound = arguments.bind(name, "case_sensitive?", "attribute?");
        Object best = null;
        Object bestKey = None.NONE;
        for (Iterator<Object> items = Items.of(value, meter); items.hasNext(); ) {
            Object item = items.next();
            Object at = bound.given(1) ? Access.path(item, bound.value(1), null, meter) : item;
            Object key = folded(at, bound.truth(0, false), meter);
            if (best == null || Ordering.test(better, key, bestKey, meter)) {
                best = item;
                bestKey = key;
            }
        }
        return best == null ? Undefined.because("there is no " + name + ": the list is empty") : best;
    }

    private static Object group(Meter meter, Object value, Arguments arguments) {
        Bound bound = arguments.bind("groupby", "attribute", "default?", "case_sensitive?");
        boolean cased = bound.truth(2, false);
        @Nullable Object absent = bound.given(1) ? bound.value(1) : null;
        List<Ordering.Keyed> keyed = new ArrayList<>();
        for (Object item : Items.list(value, meter)) {
            meter.elements(2);
            keyed.add(new Ordering.Keyed(folded(Access.path(item, bound.value(0), absent, meter), cased, meter), item));
        }
        List<Object> groups = new ArrayList<>();
        List<Object> current = new ArrayList<>();
        Object key = None.NONE;
        for (Ordering.Keyed one : Ordering.sort(keyed, false, meter)) {
            if (current.isEmpty() || !Equality.of(key, one.key(), meter)) {
                key = one.key();
                current = new ArrayList<>();
                Object shown = cased ? key : Access.path(one.item(), bound.value(0), absent, meter);
                groups.add(Tuple.group(shown, current));
            }
            current.add(one.item());
        }
        return groups;
    }
}
