package dev.javelin.runtime.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filters that look at or take apart lists and mappings. */
final class ListFilters {

    static final Map<String, Filter> ALL = Map.ofEntries(
            Map.entry("default", ListFilters::orDefault),
            Map.entry("d", ListFilters::orDefault),
            Map.entry("length", ListFilters::length),
            Map.entry("count", ListFilters::length),
            Map.entry("first", ListFilters::first),
            Map.entry("last", ListFilters::last),
            Map.entry("list", (meter, value, arguments) -> {
                arguments.bind("list");
                List<Object> items = Items.list(value, meter);
                meter.elements(items.size());
                return new ArrayList<>(items);
            }),
            Map.entry("join", ListFilters::join),
            Map.entry("reverse", ListFilters::reverse),
            Map.entry("items", ListFilters::items),
            Map.entry("attr", (meter, value, arguments) -> {
                String name = arguments.bind("attr", "name").text(0);
                Object found = value instanceof Undefined ? null : Access.ownAttribute(value, name, meter);
                return found == null ? Undefined.part(value, name) : found;
            }),
            Map.entry("batch", ListFilters::batch),
            Map.entry("slice", ListFilters::slice),
            Map.entry("sum", ListFilters::sum));

    private ListFilters() {}

    private static Object orDefault(Meter meter, Object value, Arguments arguments) {
        Bound bound = arguments.bind("default", "default_value?", "boolean?");
        boolean absent = value instanceof Undefined || (bound.truth(1, false) && !Truth.of(value));
        return absent ? bound.value(0, "") : value;
    }

    private static Object length(Meter meter, Object value, Arguments arguments) {
        arguments.bind("length");
        meter.work(Text.is(value) ? Text.string(value).length() : 1);
        int size = Items.size(value);
        if (size < 0) {
            throw Types.mismatch("only strings, lists, tuples and mappings have a length; use |list first", value);
        }
        return (long) size;
    }

    private static Object first(Meter meter, Object value, Arguments arguments) {
        arguments.bind("first");
        if (Text.is(value) && !Text.string(value).isEmpty()) {
            return Access.item(value, 0L, meter);
        }
        Iterator<Object> items = Items.of(value, meter);
        return items.hasNext() ? items.next() : Undefined.because("there is no first item: the list is empty");
    }

    private static Object last(Meter meter, Object value, Arguments arguments) {
        arguments.bind("last");
        if (value instanceof Lazy) {
            throw Types.mismatch("last takes a list, tuple, mapping or string; use |list first", value);
        }
        if (Text.is(value) && !Text.string(value).isEmpty()) {
            return Access.item(value, -1L, meter);
        }
        List<Object> items = Items.list(value, meter);
        return items.isEmpty() ? Undefined.because("there is no last item: the list is empty") : items.getLast();
    }

    private static Object join(Meter meter, Object value, Arguments arguments) {
        Bound bound = arguments.bind("join", "d?", "attribute?");
        String separator = Text.of(bound.value(0, ""), meter);
        TextBuilder out = new TextBuilder(meter);
        boolean first = true;
        for (Iterator<Object> items = Items.of(value, meter); items.hasNext(); first = false) {
            Object item = items.next();
            Object shown = bound.given(1) ? Access.path(item, bound.value(1), null, meter) : item;
            meter.step();
            out.add(first ? "" : separator).add(Text.of(shown, meter));
        }
        return out.toString();
    }

    private static Object reverse(Meter meter, Object value, Arguments arguments) {
        arguments.bind("reverse");
        if (value instanceof String || value instanceof Markup) {
            return Slicing.of(value, None.NONE, None.NONE, -1L, meter);
        }
        List<Object> items = Items.list(value, meter);
        // Python's reversed() is used up once; the list it makes of a generator is not.
        return value instanceof Lazy
                ? new ArrayList<>(items.reversed())
                : Lazy.of(meter, items.reversed().iterator());
    }

    private static Object items(Meter meter, Object value, Arguments arguments) {
        arguments.bind("items");
        if (value instanceof Undefined) {
            return Lazy.of(meter, List.of().iterator());
        }
        if (!(value instanceof Dict dict)) {
            throw Types.mismatch("items takes a mapping", value);
        }
        meter.elements(2L * dict.size());
        return Lazy.of(meter, dict.items().iterator());
    }

    private static Object batch(Meter meter, Object value, Arguments arguments) {
        Bound bound = arguments.bind("batch", "linecount", "fill_with?");
        long size = bound.integer(0);
        @Nullable Object fill = bound.given(1) ? bound.value(1) : null;
        Iterator<Object> items = Items.of(value, meter);
        boolean[] began = {false};
        return new Lazy(meter, () -> {
            List<Object> batch = new ArrayList<>();
            boolean first = !began[0];
            began[0] = true;
            if (first && size == 0 && items.hasNext()) {
                return batch; // what Jinja does with batches of none: an empty one, then all in one
            }
            while (items.hasNext() && (batch.isEmpty() || batch.size() != size)) {
                meter.elements(1);
                batch.add(items.next());
            }
            if (batch.isEmpty()) {
                return null;
            }
            if (fill != null && batch.size() < size) {
                meter.elements(size - batch.size());
                batch.addAll(Collections.nCopies((int) size - batch.size(), fill));
            }
            return batch;
        });
    }

    private static Object slice(Meter meter, Object value, Arguments arguments) {
        Bound bound = arguments.bind("slice", "slices", "fill_with?");
        long slices = bound.integer(0);
        @Nullable Object fill = bound.given(1) ? bound.value(1) : null;
        List<Object> items = Items.list(value, meter);
        if (slices == 0) {
            throw Fault.render("slice needs at least one slice");
        }
        long size = items.size() / Math.abs(slices);
        long larger = items.size() % slices;
        long[] next = {0, 0}; // slice, item
        return new Lazy(meter, () -> {
            if (next[0] >= slices) {
                return null;
            }
            long end = next[1] + size + (next[0] < larger ? 1 : 0);
            meter.elements(end - next[1] + 5);
            List<Object> part = new ArrayList<>(items.subList((int) next[1], (int) end));
            if (fill != null && next[0] >= larger) {
                part.add(fill);
            }
            next[0]++;
            next[1] = end;
            return part;
        });
    }

    private static Object sum(Meter meter, Object value, Arguments arguments) {
        Bound bound = arguments.bind("sum", "attribute?", "start?");
        Object sum = bound.value(1, 0L);
        if (Text.is(sum)) {
            throw Fault.render("sum does not join strings; use join");
        }
        for (Iterator<Object> items = Items.of(value, meter); items.hasNext(); ) {
            Object item = items.next();
            meter.step();
            sum = Arithmetic.add(sum, bound.given(0) ? Access.path(item, bound.value(0), null, meter) : item, meter);
        }
        return sum;
    }
}
