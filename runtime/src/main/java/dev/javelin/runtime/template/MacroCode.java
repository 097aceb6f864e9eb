package dev.javelin.runtime.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A macro as it stands in the template.
 *
 * @param takesRest whether the body mentions {@code varargs}
 * @param takesNamedRest whether the body mentions {@code kwargs}
 * @param takesCaller whether the body mentions {@code caller}
 */
record MacroCode(
        String name,
        List<Parameter> parameters,
        Body body,
        boolean takesRest,
        boolean takesNamedRest,
        boolean takesCaller) {

    record Parameter(String name, @Nullable Expr absent) {}

    MacroCode {
        parameters = List.copyOf(parameters);
    }

    int depth() {
        int depth = body.depth();
        for (Parameter parameter : parameters) {
            depth = Math.max(depth, parameter.absent == null ? 0 : parameter.absent.depth());
        }
        return depth;
    }

    boolean has(String parameter) {
        return parameters.stream().anyMatch(one -> one.name.equals(parameter));
    }
}
