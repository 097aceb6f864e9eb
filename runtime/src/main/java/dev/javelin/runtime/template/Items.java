package dev.javelin.runtime.template;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The items of whatever can be iterated. */
final class Items {

    private Items() {}

    /** The items one by one; a generator is used up by it. */
    static Iterator<Object> of(Object value, Meter meter) {
        if (value instanceof Lazy lazy) {
            return lazy;
        }
        List<Object> known = known(value, meter);
        if (known == null) {
            throw Types.mismatch("only lists, tuples, mappings, strings and generators can be iterated", value);
        }
        return known.iterator();
    }

    /** All items, in a list of its own or a view that never changes. */
    static List<Object> list(Object value, Meter meter) {
        if (value instanceof Lazy lazy) {
            List<Object> items = new ArrayList<>();
            while (lazy.hasNext()) {
                meter.elements(1);
                items.add(lazy.next());
            }
            return items;
        }
        List<Object> known = known(value, meter);
        if (known == null) {
            throw Types.mismatch("only lists, tuples, mappings, strings and generators can be iterated", value);
        }
        return known;
    }

    static boolean iterable(Object value) {
        return switch (value) {
            case List<?> list -> true;
            case Tuple tuple -> true;
            case Dict dict -> true;
            case DictView view -> true;
            case Range range -> true;
            case String text -> true;
            case Markup markup -> true;
            case Lazy lazy -> true;
            case Loop loop -> true;
            case Undefined undefined -> true;
            default -> false;
        };
    }

    /** The number of items, or -1 where there is none to tell. */
    static int size(Object value) {
        return switch (value) {
            case List<?> list -> list.size();
            case Tuple tuple -> tuple.items().size();
            case Dict dict -> dict.size();
            case DictView view -> view.dict().size();
            case Range range -> range.size();
            case String text -> text.codePointCount(0, text.length());
            case Markup markup -> size(markup.text());
            case Undefined undefined -> 0;
            case Loop loop -> (int) loop.length();
            default -> -1;
        };
    }

    /** The items of what has them ready, else null. */
    @SuppressWarnings("unchecked") // every list among the values is one of values
    private static @Nullable List<Object> known(Object value, Meter meter) {
        return switch (value) {
            case List<?> list -> (List<Object>) list;
            case Tuple tuple -> tuple.items();
            case Range range -> range.items();
            case Dict dict -> {
                meter.elements(dict.size());
                yield dict.keys();
            }
            case DictView view -> {
                meter.elements(2L * view.dict().size());
                yield view.items();
            }
            case String text -> characters(text, meter);
            case Markup markup -> characters(markup.text(), meter);
            case Undefined undefined -> List.of();
            default -> null;
        };
    }

    private static List<Object> characters(String text, Meter meter) {
        meter.elements(3L * text.length());
        meter.work(8L * text.length());
        List<Object> characters = new ArrayList<>(text.length());
        for (int i = 0; i < text.length(); ) {
            int end = text.offsetByCodePoints(i, 1);
            characters.add(text.substring(i, end));
            i = end;
        }
        return characters;
    }
}
