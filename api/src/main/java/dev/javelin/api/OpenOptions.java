package dev.javelin.api;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Wishes for opening a device, by name, such as {@code threads=4}. Which there are is up to the backend.
 *
 * @param values by name
 */
public record OpenOptions(Map<String, String> values) {

    /** No wishes. */
    public static final OpenOptions NONE = new OpenOptions(Map.of());

    public OpenOptions {
        values = Map.copyOf(values);
    }

    /** One wish. */
    public static OpenOptions of(String name, String value) {
        return new OpenOptions(Map.of(name, value));
    }

    /** A positive whole number, or the default where there is no such wish. */
    public int positive(String name, int otherwise) {
        String value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value.strip());
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // refused below, as is a number that is not positive
        }
        throw new IllegalArgumentException("the option must be a positive whole number: %s=%s".formatted(name, value));
    }

    /** Refuses names that the backend does not know. */
    public void allow(String backend, Set<String> known) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        Check.that(
                unknown.isEmpty(),
                "unknown option: backend=%s, unknown=%s, known=%s",
                backend,
                unknown,
                new TreeSet<>(known));
    }
}
