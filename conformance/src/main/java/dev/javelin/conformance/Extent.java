package dev.javelin.conformance;

/** How many of the kit's cases run. */
public enum Extent {
    /** A few of each operation, for a device that only imitates the hardware it stands for and is too slow for more. */
    SMOKE,

    /** So many that each pair of values of any two axes comes up. */
    PAIRS,

    /** Every combination of the axes that interact, with the others drawn for each. */
    FULL;

    /** The one that the system property asks for. */
    static Extent ofProperty() {
        String kit = System.getProperty(Selection.KIT, "pairs");
        return switch (kit) {
            case "smoke" -> SMOKE;
            case "pairs" -> PAIRS;
            case "full" -> FULL;
            default -> throw new IllegalArgumentException("must be smoke, pairs or full: " + Selection.KIT + "=" + kit);
        };
    }
}
