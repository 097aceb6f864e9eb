package dev.javelin.runtime.template;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables, within those of the scope around. Loops, macros and blocks have their own, {@code if} has not. */
final class Scope {
    private final @Nullable Scope around;
    private final Meter meter;
    private @Nullable Map<String, Object> variables;

    Scope(Meter meter) {
        this.around = null;
        this.meter = meter;
    }

    private Scope(Scope around) {
        this.around = around;
        this.meter = around.meter;
    }

    Scope inner() {
        return new Scope(this);
    }

    Meter meter() {
        return meter;
    }

    void set(String name, Object value) {
        if (variables == null) {
            variables = new HashMap<>();
        }
        variables.put(name, value);
    }

    @Nullable
    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.around) {
            Object value = scope.variables == null ? null : scope.variables.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
