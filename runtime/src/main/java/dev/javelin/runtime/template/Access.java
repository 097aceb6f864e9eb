package dev.javelin.runtime.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code value.name} and {@code value[key]}: attributes first or items first, and else the other. */
final class Access {

    private Access() {}

    static Object attribute(Object value, String name, Meter meter) {
        if (value instanceof Undefined undefined) {
            throw undefined.fault();
        }
        Object found = ownAttribute(value, name, meter);
        if (found == null && value instanceof Dict dict) {
            found = dict.get(name);
        }
        return found == null ? Undefined.part(value, name) : found;
    }

    static Object item(Object value, Object key, Meter meter) {
        if (value instanceof Undefined undefined) {
            throw undefined.fault();
        }
        Object found = switch (value) {
            case Dict dict -> hashable(key) ? dict.get(Keys.of(key, meter)) : null;
            case List<?> list -> at(list, key);
            case Tuple tuple -> at(tuple.items(), key);
            case Range range -> at(range.items(), key);
            case String text -> character(text, key, meter);
            case Markup markup -> {
                String character = character(markup.text(), key, meter);
                yield character == null ? null : new Markup(character);
            }
            default -> null;
        };
        if (found == null && Text.is(key)) {
            found = ownAttribute(value, Text.string(key), meter);
        }
        if (found != null) {
            return found;
        }
        return Undefined.part(
                value,
                Text.is(key) ? Text.string(key) : key instanceof Long index ? index.toString() : Types.name(key));
    }

    private static boolean hashable(Object key) {
        return !(key instanceof List<?> || key instanceof Dict || key instanceof DictView);
    }

    /** An attribute of the value itself, such as a method, whatever items it has; else null. */
    static @Nullable Object ownAttribute(Object value, String name, Meter meter) {
        return switch (value) {
            case Namespace namespace -> namespace.get(name);
            case Loop loop -> loop.attribute(name);
            case Cycler cycler -> cycler.attribute(name);
            case Macro macro -> macro.attribute(name);
            case Tuple tuple
            when tuple.group() && name.equals("grouper") -> tuple.items().get(0);
            case Tuple tuple
            when tuple.group() && name.equals("list") -> tuple.items().get(1);
            default -> Methods.of(value, name, meter);
        };
    }

    private static @Nullable Object at(List<?> list, Object key) {
        Object number = Arithmetic.number(key);
        if (!(number instanceof Long index)) {
            return null;
        }
        long place = index < 0 ? index + list.size() : index;
        return place < 0 || place >= list.size() ? null : list.get((int) place);
    }

    private static @Nullable String character(String text, Object key, Meter meter) {
        if (!(Arithmetic.number(key) instanceof Long index)) {
            return null;
        }
        if (index >= text.length() || index < -text.length()) {
            return null;
        }
        // From the nearer end, so that the usual first or last character is quick.
        meter.work(Math.abs(index));
        try {
            int at = text.offsetByCodePoints(index < 0 ? text.length() : 0, (int) (long) index);
            return at == text.length() ? null : Character.toString(text.codePointAt(at));
        } catch (IndexOutOfBoundsException beyond) {
            return null; // more units than characters
        }
    }

    /** A path such as {@code function.parameters.0}, as the filters with {@code attribute} take it. */
    static Object path(Object value, Object path, @Nullable Object absent, Meter meter) {
        if (!Text.is(path)) {
            return orElse(item(value, path, meter), absent);
        }
        Object item = value;
        for (Object part : Strings.split(Text.string(path), ".", Long.MAX_VALUE, meter)) {
            String name = (String) part;
            boolean index =
                    !name.isEmpty() && name.length() < 18 && name.chars().allMatch(c -> c >= '0' && c <= '9');
            item = orElse(item(item, index ? (Object) Long.valueOf(name) : name, meter), absent);
        }
        return item;
    }

    private static Object orElse(Object item, @Nullable Object absent) {
        return item instanceof Undefined && absent != null && absent != None.NONE ? absent : item;
    }

    static boolean contains(Object container, Object item, Meter meter) {
        return switch (container) {
            case String text -> in(text, item, meter);
            case Markup markup -> in(markup.text(), item, meter);
            case Dict dict -> dict.has(Keys.of(item, meter));
            case DictView view
            when view.kind() == DictView.Kind.KEYS -> view.dict().has(Keys.of(item, meter));
            default -> {
                if (!Items.iterable(container)) {
                    throw Types.mismatch("in takes a string, list, tuple or mapping on its right", container);
                }
                for (var items = Items.of(container, meter); items.hasNext(); ) {
                    if (Equality.of(items.next(), item, meter)) {
                        yield true;
                    }
                }
                yield false;
            }
        };
    }

    private static boolean in(String text, Object part, Meter meter) {
        if (!Text.is(part)) {
            throw Types.mismatch("in a string, only a string can be looked for", part);
        }
        return Search.contains(text, Text.string(part), meter);
    }
}
