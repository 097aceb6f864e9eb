package dev.javelin.conformance;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Which cases to run, and what their numbers come from. */
public record Selection(Extent extent, long seed) {

    /** The system property that chooses: {@code pairs} (the default), {@code full} or {@code smoke}. */
    public static final String KIT = "javelin.kit";

    /** The system property with the name of the only case to run. */
    static final String CASE = "javelin.kit.case";

    /** Cases of each family that a smoke set has. */
    private static final int SMOKE = 3;

    /** What the system properties ask for. */
    public static Selection ofProperties() {
        return new Selection(Extent.ofProperty(), Seed.current());
    }

    Stream<Choice> choices(CaseFamily family) {
        SplittableRandom random = new Draw(seed, family.operation()).random("selection");
        List<Axis<?>> axes = family.axes();
        return switch (extent) {
            case SMOKE -> Pairwise.cover(axes, family::allowed, random).stream().limit(SMOKE);
            case PAIRS -> Pairwise.cover(axes, family::allowed, random).stream();
            case FULL -> Product.of(axes, family::allowed, random);
        };
    }
}
