package dev.javelin.conformance;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Which cases to run, and what their numbers come from.
 *
 * @param full every combination instead of a set that covers all pairs
 */
public record Selection(boolean full, long seed) {

    /** The system property that chooses: {@code pairs} (the default) or {@code full}. */
    public static final String KIT = "javelin.kit";

    /** The system property with the name of the only case to run. */
    static final String CASE = "javelin.kit.case";

    /** What the system properties ask for. */
    public static Selection ofProperties() {
        String kit = System.getProperty(KIT, "pairs");
        return switch (kit) {
            case "pairs" -> new Selection(false, Seed.current());
            case "full" -> new Selection(true, Seed.current());
            default -> throw new IllegalArgumentException("must be pairs or full: " + KIT + "=" + kit);
        };
    }

    Stream<Choice> choices(CaseFamily family) {
        SplittableRandom random = new Draw(seed, family.operation()).random("selection");
        List<Axis<?>> axes = family.axes();
        return full
                ? Product.of(axes, family::allowed, random)
                : Pairwise.cover(axes, family::allowed, random).stream();
    }
}
