package dev.javelin.conformance.broken;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wrong value for a constant of an operation.
 *
 * @param of the wrong value for the right one
 */
record Wrong(String label, Of of) {

    /** Finds the wrong value. */
    @FunctionalInterface
    interface Of {
        @Nullable
        Object value(Object right);
    }

    /** As if the operation always had the same value, whatever it says. */
    static Wrong always(Object value) {
        return new Wrong("taken for " + value, right -> value);
    }

    /** What can be got wrong about any constant of that type; an optional one can also be missing. */
    static List<Wrong> values(Class<?> type) {
        if (type == float.class) {
            return List.of(
                    new Wrong("times 1.01", value -> (float) value * 1.01f),
                    new Wrong("times 2", value -> (float) value * 2),
                    always(0f),
                    always(1f));
        }
        if (type == double.class) {
            return List.of(
                    new Wrong("times 1.01", value -> (double) value * 1.01),
                    new Wrong("times 2", value -> (double) value * 2),
                    always(1.0));
        }
        if (type == int.class) {
            return List.of(
                    new Wrong("plus 1", value -> (int) value + 1),
                    new Wrong("minus 1", value -> (int) value - 1),
                    new Wrong("times 2", value -> (int) value * 2),
                    new Wrong("halved", value -> (int) value / 2),
                    always(0));
        }
        if (type == boolean.class) {
            return List.of(always(false), always(true));
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants()).map(Wrong::always).toList();
        }
        return List.of(new Wrong("ignored", value -> null));
    }
}
