package dev.javelin.runtime.template;

import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;

/** The functions every template has. */
final class Globals {

    private static final Map<String, Callable> ALL = Map.of(
            "raise_exception",
                    (meter, arguments) -> {
                        throw Fault.raised(Text.of(
                                arguments.bind("raise_exception", "message").value(0), meter));
                    },
            "range", (meter, arguments) -> range(arguments),
            "namespace", Globals::namespace,
            "dict", Globals::dict,
            "cycler",
                    (meter, arguments) -> {
                        noNames("cycler", arguments);
                        return new Cycler(arguments.positional());
                    },
            "joiner",
                    (meter, arguments) ->
                            new Joiner(arguments.bind("joiner", "sep?").value(0, ", ")));

    private Globals() {}

    static Scope scope(Meter meter, Clock clock) {
        Scope scope = new Scope(meter);
        ALL.forEach(scope::set);
        scope.set("strftime_now", (Callable) (taken, arguments) ->
                Strftime.format(arguments.bind("strftime_now", "format").text(0), LocalDateTime.now(clock), taken));
        return scope;
    }

    private static void noNames(String function, Arguments arguments) {
        if (!arguments.named().isEmpty()) {
            throw Fault.render(function + " takes no named arguments");
        }
    }

    private static Object range(Arguments arguments) {
        noNames("range", arguments);
        Bound bound = arguments.bind("range", "start", "stop?", "step?");
        return bound.has(1)
                ? Range.of(bound.integer(0), bound.integer(1), bound.integer(2, 1))
                : Range.of(0, bound.integer(0), 1);
    }

    private static Object namespace(Meter meter, Arguments arguments) {
        Namespace namespace = new Namespace();
        for (Dict.Entry entry : ((Dict) dict(meter, arguments)).entries()) {
            if (!(entry.key() instanceof String name)) {
                throw Types.mismatch("the attributes of a namespace have strings as names", entry.key());
            }
            namespace.set(name, entry.value());
        }
        return namespace;
    }

    private static Object dict(Meter meter, Arguments arguments) {
        if (arguments.positional().size() > 1) {
            throw Fault.render("dict takes at most one mapping or list of pairs");
        }
        Dict dict = new Dict();
        for (Object source : arguments.positional()) {
            for (Object pair : source instanceof Dict other ? other.items() : Items.list(source, meter)) {
                List<Object> parts = Items.list(pair, meter);
                if (parts.size() != 2) {
                    throw Fault.render("dict takes a mapping, a list of pairs, or named values");
                }
                meter.elements(4);
                dict.put(Keys.of(parts.get(0), meter), parts.get(0), parts.get(1));
            }
        }
        meter.elements(4L * arguments.named().size());
        arguments.named().forEach(dict::put);
        return dict;
    }
}
