package dev.javelin.conformance;

import java.util.List;
import java.util.Map;

/** One value for each axis of a family. Immutable. */
final class Choice {

    private final List<Axis<?>> axes;
    private final int[] picks;

    Choice(List<Axis<?>> axes, int[] picks) {
        this.axes = axes;
        this.picks = picks.clone();
    }

    /** The choice with that value, as text, on each axis. */
    static Choice parse(List<Axis<?>> axes, Map<String, String> values) {
        int[] picks = new int[axes.size()];
        for (int i = 0; i < picks.length; i++) {
            Axis<?> axis = axes.get(i);
            List<String> known = axis.values().stream().map(Object::toString).toList();
            picks[i] = known.indexOf(values.getOrDefault(axis.name(), ""));
            if (picks[i] < 0 || values.size() != axes.size()) {
                throw new IllegalArgumentException("the axis has no such value: axis=%s, known=%s, given=%s"
                        .formatted(axis.name(), known, values));
            }
        }
        return new Choice(axes, picks);
    }

    /** What was chosen on the axis. */
    <T> T of(Axis<T> axis) {
        for (int i = 0; i < picks.length; i++) {
            if (axes.get(i).name().equals(axis.name())) {
                return axis.values().get(picks[i]);
            }
        }
        throw new IllegalArgumentException("the family has no such axis: axis=" + axis.name());
    }

    /** All that was chosen, such as {@code format=Q4_K,rows=31}. */
    String label() {
        StringBuilder label = new StringBuilder();
        for (int i = 0; i < picks.length; i++) {
            label.append(i == 0 ? "" : ",").append(axes.get(i).name()).append('=');
            label.append(axes.get(i).values().get(picks[i]));
        }
        return label.toString();
    }

    @Override
    public String toString() {
        return label();
    }
}
