package dev.javelin.conformance;

import dev.javelin.api.Format;
import java.util.List;
import java.util.stream.IntStream;

/** Formats of the members of a fused operation: every format in every place, always beside others. */
record Mix(Format one, Format two, Format three) {

    static final Axis<Mix> AXIS = Axis.of("formats", all());

    private static List<Mix> all() {
        List<Format> formats = Axes.FORMAT.values();
        int count = formats.size();
        return IntStream.range(0, count)
                .mapToObj(i -> new Mix(formats.get(i), formats.get((i + 7) % count), formats.get((i + 12) % count)))
                .toList();
    }

    /** The shortest row that is whole blocks in all of them. */
    int width() {
        return Math.max(Axes.columns(one, 1), Math.max(Axes.columns(two, 1), Axes.columns(three, 1)));
    }

    @Override
    public String toString() {
        return one + "+" + two + "+" + three;
    }
}
