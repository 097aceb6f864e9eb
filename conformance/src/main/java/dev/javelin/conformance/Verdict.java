package dev.javelin.conformance;

/** What came of checking one case or one promise on a device. */
public sealed interface Verdict {

    /**
     * All was as it should be.
     *
     * @param closeness the largest error as a share of what is tolerated; 0 for bit-equal
     */
    record Passed(double closeness) implements Verdict {}

    /** Something was wrong; the reason says what, with expected and actual numbers. */
    record Failed(String reason) implements Verdict {}

    /** The device said no, and said it as it should. */
    record Refused(String reason) implements Verdict {}

    default boolean passed() {
        return this instanceof Passed;
    }

    default boolean failed() {
        return this instanceof Failed;
    }
}
