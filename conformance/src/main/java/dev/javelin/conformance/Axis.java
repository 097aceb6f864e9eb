package dev.javelin.conformance;

import java.util.List;

/**
 * One way in which cases of a family differ, with the values that it takes.
 *
 * @param crossed whether the full product crosses it with the others; one that is not is drawn at random there, and covered in
 *     pairs like any other in the selection of every build
 */
record Axis<T>(String name, List<T> values, boolean crossed) {

    Axis {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("an axis needs values: axis=" + name);
        }
    }

    static <T> Axis<T> of(String name, List<T> values) {
        return new Axis<>(name, values, true);
    }

    /** The same axis, not crossed with the others. */
    Axis<T> drawn() {
        return new Axis<>(name, values, false);
    }

    /** An axis that the full product does not cross with the others. */
    static <T> Axis<T> drawn(String name, List<T> values) {
        return new Axis<>(name, values, false);
    }
}
