package dev.javelin.runtime.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the method of a value by name, and binds it. */
final class Methods {

    // Hugging Face's sandbox refuses the same.
    private static final Set<String> CHANGING_LISTS =
            Set.of("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove");

    private static final Set<String> CHANGING_MAPPINGS = Set.of("clear", "pop", "popitem", "setdefault", "update");

    private Methods() {}

    static @Nullable Object of(Object value, String name, Meter meter) {
        return switch (value) {
            case String text -> bound(StringMethods.of(name), text);
            case Markup markup -> safe(StringMethods.of(name), markup, name);
            case Dict dict -> CHANGING_MAPPINGS.contains(name) ? refused(value, name) : bound(dictMethod(name), dict);
            case List<?> list -> CHANGING_LISTS.contains(name) ? refused(value, name) : bound(listMethod(name), list);
            case Tuple tuple -> name.equals("copy") ? null : bound(listMethod(name), tuple.items());
            case Range range -> name.equals("copy") ? null : bound(listMethod(name), range.items());
            default -> null;
        };
    }

    /** Not callable, but only an error when it is called, as in Jinja. */
    private static Undefined refused(Object value, String name) {
        return Undefined.because(name + " would change " + Types.article(value)
                + ", which templates cannot; make a new one instead, such as list + [item]");
    }

    private static <T> @Nullable Callable bound(@Nullable Method<? super T> method, T self) {
        return method == null ? null : (meter, arguments) -> method.call(meter, self, arguments);
    }

    /** A method of a safe string: what it takes is escaped, what it returns is safe. */
    private static @Nullable Callable safe(@Nullable Method<String> method, Markup self, String name) {
        if (method == null) {
            return null;
        }
        boolean escapes = StringMethods.escapesArguments(name);
        return (meter, arguments) -> {
            Arguments taken = escapes ? escaped(arguments, name, meter) : arguments;
            return marked(method.call(meter, self.text(), taken), meter);
        };
    }

    private static Arguments escaped(Arguments arguments, String name, Meter meter) {
        List<Object> positional = new ArrayList<>();
        for (Object argument : arguments.positional()) {
            boolean keep = name.equals("replace") && positional.isEmpty();
            positional.add(keep ? argument : escaped(argument, meter));
        }
        var named = new LinkedHashMap<String, Object>();
        arguments.named().forEach((key, argument) -> named.put(key, escaped(argument, meter)));
        return new Arguments(positional, named);
    }

    private static Object escaped(Object argument, Meter meter) {
        return switch (argument) {
            case String text -> Markup.escape(text, meter);
            case List<?> list -> {
                meter.elements(list.size());
                List<Object> items = new ArrayList<>();
                list.forEach(item -> items.add(item instanceof String text ? Markup.escape(text, meter) : item));
                yield items;
            }
            default -> argument;
        };
    }

    private static Object marked(Object result, Meter meter) {
        return switch (result) {
            case String text -> new Markup(text);
            case List<?> list -> {
                meter.elements(list.size());
                List<Object> items = new ArrayList<>();
                list.forEach(item -> items.add(item instanceof String text ? new Markup(text) : item));
                yield items;
            }
            default -> result;
        };
    }

    private static @Nullable Method<Dict> dictMethod(String name) {
        return switch (name) {
            case "items" -> (meter, self, arguments) -> view(DictView.Kind.ITEMS, self, arguments);
            case "keys" -> (meter, self, arguments) -> view(DictView.Kind.KEYS, self, arguments);
            case "values" -> (meter, self, arguments) -> view(DictView.Kind.VALUES, self, arguments);
            case "copy" ->
                (meter, self, arguments) -> {
                    arguments.bind("copy");
                    return self;
                };
            case "get" ->
                (meter, self, arguments) -> {
                    Bound bound = arguments.bind("get", "key", "default?");
                    Object value = self.get(Keys.of(bound.value(0), meter));
                    return value == null ? bound.value(1, None.NONE) : value;
                };
            default -> null;
        };
    }

    private static DictView view(DictView.Kind kind, Dict self, Arguments arguments) {
        arguments.bind(kind.name().toLowerCase(Locale.ROOT));
        return new DictView(kind, self);
    }

    private static @Nullable Method<List<?>> listMethod(String name) {
        return switch (name) {
            case "copy" ->
                (meter, self, arguments) -> {
                    arguments.bind("copy");
                    return self;
                };
            case "count" ->
                (meter, self, arguments) -> {
                    Object wanted = arguments.bind("count", "value").value(0);
                    long count = 0;
                    for (Object item : self) {
                        count += Equality.of(item, wanted, meter) ? 1 : 0;
                    }
                    return count;
                };
            case "index" ->
                (meter, self, arguments) -> {
                    Bound bound = arguments.bind("index", "value", "start?", "stop?");
                    long from = place(bound.integer(1, 0), self.size());
                    long to = place(bound.integer(2, Long.MAX_VALUE), self.size());
                    for (long i = from; i < to; i++) {
                        if (Equality.of(self.get((int) i), bound.value(0), meter)) {
                            return i;
                        }
                    }
                    throw Fault.render("index found no such value in the list");
                };
            default -> null;
        };
    }

    private static long place(long index, int size) {
        return Math.clamp(index < 0 ? index + size : index, 0, size);
    }
}
