package dev.javelin.runtime.template;

import java.util.List;
import java.util.Map;

/** The arguments of one call. */
record Arguments(List<Object> positional, Map<String, Object> named) {

    static final Arguments NONE = new Arguments(List.of(), Map.of());

    static Arguments of(Object... positional) {
        return new Arguments(List.of(positional), Map.of());
    }

    boolean isEmpty() {
        return positional.isEmpty() && named.isEmpty();
    }

    /** Without the first {@code count} positional ones. */
    Arguments without(int count) {
        return new Arguments(positional.subList(count, positional.size()), named);
    }

    /** Fits the arguments to parameters; those whose names end in {@code ?} may be absent. */
    Bound bind(String function, String... parameters) {
        @SuppressWarnings("NullAway") // null is an argument that was not given
        Object[] values = new Object[parameters.length];
        if (positional.size() > parameters.length) {
            throw Fault.render(
                    "%s takes at most %d arguments: got %d".formatted(function, parameters.length, positional.size()));
        }
        for (int i = 0; i < positional.size(); i++) {
            values[i] = positional.get(i);
        }
        named.forEach((name, value) -> {
            int index = indexOf(parameters, name);
            if (index < 0) {
                throw Fault.render(function + " has no parameter named " + name);
            }
            if (index < positional.size()) {
                throw Fault.render(function + " got its parameter " + name + " twice");
            }
            values[index] = value;
        });
        for (int i = 0; i < parameters.length; i++) {
            if (values[i] == null && !parameters[i].endsWith("?")) {
                throw Fault.render(function + " needs its parameter " + parameters[i]);
            }
        }
        return new Bound(function, parameters, values);
    }

    private static int indexOf(String[] parameters, String name) {
        for (int i = 0; i < parameters.length; i++) {
            String parameter = parameters[i];
            if (parameter.endsWith("?") ? parameter.equals(name + "?") : parameter.equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
