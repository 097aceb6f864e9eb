package dev.javelin.runtime.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A macro with the variables around its definition. */
final class Macro implements Callable {
    private final MacroCode code;
    private final Scope definition;
    private final int levels;

    Macro(MacroCode code, Scope definition) {
        this.code = code;
        this.definition = definition;
        this.levels = code.depth() + 2;
        definition.meter().elements(8);
    }

    @Override
    public Object call(Meter meter, Arguments arguments) {
        meter.enter(levels);
        try {
            Scope scope = definition.inner();
            bind(scope, arguments);
            return code.body().capture(scope);
        } finally {
            meter.leave(levels);
        }
    }

    private void bind(Scope scope, Arguments arguments) {
        List<MacroCode.Parameter> parameters = code.parameters();
        Map<String, Object> named = new LinkedHashMap<>(arguments.named());
        int given = Math.min(parameters.size(), arguments.positional().size());
        boolean[] missing = new boolean[parameters.size()];
        for (int i = 0; i < parameters.size(); i++) {
            Object value = i < given
                    ? arguments.positional().get(i)
                    : named.remove(parameters.get(i).name());
            missing[i] = value == null;
            if (value != null) {
                scope.set(parameters.get(i).name(), value);
            }
        }
        for (int i = 0; i < missing.length; i++) {
            if (missing[i]) {
                Expr absent = parameters.get(i).absent();
                String name = parameters.get(i).name();
                scope.set(
                        name,
                        absent == null
                                ? Undefined.because("the parameter '" + name + "' of " + code.name() + " was not given")
                                : absent.value(scope));
            }
        }
        bindRest(scope, arguments.positional(), named);
    }

    private void bindRest(Scope scope, List<Object> positional, Map<String, Object> named) {
        if (code.takesCaller() && !code.has("caller")) {
            Object caller = named.remove("caller");
            scope.set("caller", caller == null ? Undefined.because("there is no caller: not in a call block") : caller);
        }
        if (code.takesNamedRest() && !code.has("kwargs")) {
            Dict dict = new Dict();
            named.forEach(dict::put);
            scope.set("kwargs", dict);
        } else if (!named.isEmpty()) {
            throw Fault.render("the macro " + code.name() + " has no parameter named "
                    + named.keySet().iterator().next());
        }
        int count = code.parameters().size();
        if (code.takesRest() && !code.has("varargs")) {
            List<Object> rest = positional.size() > count ? positional.subList(count, positional.size()) : List.of();
            scope.set("varargs", Tuple.of(rest));
        } else if (positional.size() > count) {
            throw Fault.render(
                    "the macro %s takes at most %d arguments: got %d".formatted(code.name(), count, positional.size()));
        }
    }

    @Nullable
    Object attribute(String name) {
        return switch (name) {
            case "name" -> code.name();
            case "arguments" -> {
                List<Object> names = new ArrayList<>();
                code.parameters().forEach(parameter -> names.add(parameter.name()));
                yield Tuple.of(names);
            }
            case "catch_kwargs" -> code.takesNamedRest();
            case "catch_varargs" -> code.takesRest();
            case "caller" -> code.takesCaller();
            default -> null;
        };
    }

    @Override
    public String label() {
        return "<Macro '" + code.name() + "'>";
    }
}
