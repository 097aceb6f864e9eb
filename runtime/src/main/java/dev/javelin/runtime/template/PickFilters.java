package dev.javelin.runtime.template;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The filters that run another filter, or a test, on each item; what they return is made item by item. */
final class PickFilters {

    static final Map<String, Filter> ALL = Map.of(
            "map", PickFilters::map,
            "select", (meter, value, arguments) -> pick("select", meter, value, arguments, true, false),
            "reject", (meter, value, arguments) -> pick("reject", meter, value, arguments, false, false),
            "selectattr", (meter, value, arguments) -> pick("selectattr", meter, value, arguments, true, true),
            "rejectattr", (meter, value, arguments) -> pick("rejectattr", meter, value, arguments, false, true));

    private PickFilters() {}

    private interface OnItem<R> {
        R apply(Object item);
    }

    private static Object map(Meter meter, Object value, Arguments arguments) {
        OnItem<Object> change = change(meter, arguments);
        if (!Truth.of(value)) {
            return Lazy.of(meter, List.of().iterator());
        }
        Iterator<Object> items = Items.of(value, meter);
        return new Lazy(meter, () -> items.hasNext() ? change.apply(items.next()) : null);
    }

    private static OnItem<Object> change(Meter meter, Arguments arguments) {
        if (arguments.positional().isEmpty() && arguments.named().containsKey("attribute")) {
            Bound bound = arguments.bind("map", "attribute", "default?");
            return item -> Access.path(item, bound.value(0), bound.value(1, None.NONE), meter);
        }
        Filter filter = Filters.get(name("map", "a filter, or attribute=", arguments, 0));
        Arguments rest = arguments.without(1);
        return item -> filter.apply(meter, item, rest);
    }

    private static Object pick(
            String name, Meter meter, Object value, Arguments arguments, boolean wanted, boolean byAttribute) {
        if (byAttribute && arguments.positional().isEmpty()) {
            throw Fault.render(name + " needs the name of an attribute");
        }
        int first = byAttribute ? 1 : 0;
        OnItem<Boolean> passes = Truth::of;
        if (arguments.positional().size() > first) {
            ValueTest test = Tests.get(name(name, "a test", arguments, first));
            Arguments rest = arguments.without(first + 1);
            passes = item -> test.passes(meter, item, rest);
        }
        if (!Truth.of(value)) {
            return Lazy.of(meter, List.of().iterator());
        }
        OnItem<Boolean> decision = passes;
        Iterator<Object> items = Items.of(value, meter);
        return new Lazy(meter, () -> {
            while (items.hasNext()) {
                Object item = items.next();
                meter.step();
                Object subject =
                        byAttribute ? Access.path(item, arguments.positional().get(0), null, meter) : item;
                if (decision.apply(subject) == wanted) {
                    return item;
                }
            }
            return null;
        });
    }

    private static String name(String filter, String what, Arguments arguments, int index) {
        if (arguments.positional().size() <= index
                || !Text.is(arguments.positional().get(index))) {
            throw Fault.render(filter + " needs the name of " + what);
        }
        return Text.string(arguments.positional().get(index));
    }
}
