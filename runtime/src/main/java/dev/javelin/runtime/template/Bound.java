package dev.javelin.runtime.template;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Arguments fitted to the parameters of a function of ours, and checked as they are read. */
final class Bound {
    private final String function;
    private final String[] parameters;
    private final @Nullable Object[] values;

    Bound(String function, String[] parameters, @Nullable Object[] values) {
        this.function = function;
        this.parameters = parameters;
        this.values = values;
    }

    boolean has(int index) {
        return values[index] != null;
    }

    /** Given, and not none. */
    boolean given(int index) {
        return values[index] != null && values[index] != None.NONE;
    }

    Object value(int index) {
        Object value = values[index];
        if (value == null) {
            throw new IllegalStateException("read before asked for: function=" + function + ", index=" + index);
        }
        return value;
    }

    Object value(int index, Object absent) {
        Object value = values[index];
        return value == null ? absent : value;
    }

    String text(int index) {
        return switch (value(index)) {
            case String text -> text;
            case Markup markup -> markup.text();
            case Object other -> throw wrong(index, "a string", other);
        };
    }

    String text(int index, String absent) {
        return has(index) ? text(index) : absent;
    }

    /** An integer; one beyond {@code long} is cut to its range, which every size and index exceeds anyway. */
    long integer(int index) {
        return switch (value(index)) {
            case Long number -> number;
            case Boolean bool -> bool ? 1 : 0;
            case BigInteger number -> number.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
            case Object other -> throw wrong(index, "an integer", other);
        };
    }

    long integer(int index, long absent) {
        return has(index) ? integer(index) : absent;
    }

    boolean truth(int index, boolean absent) {
        return has(index) ? Truth.of(value(index)) : absent;
    }

    private Fault wrong(int index, String type, Object value) {
        String name = parameters[index].replace("?", "");
        return Types.mismatch(function + " takes " + type + " as " + name, value);
    }
}
