package dev.javelin.api;

/**
 * What to prepare a plan for.
 *
 * @param profiled whether to measure the time of each operation, see {@link Plan#profile()}; costs nothing when false
 */
public record PlanSpec(Program program, Limits limits, Precision precision, boolean profiled) {

    /** Without profiling. */
    public PlanSpec(Program program, Limits limits, Precision precision) {
        this(program, limits, precision, false);
    }
}
