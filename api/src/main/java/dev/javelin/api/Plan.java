package dev.javelin.api;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A program made ready once, to be run many times without allocating. The opener closes it. Used by one thread at a time; a
 * plan runs one step at a time, and different plans may be run from different threads.
 */
public interface Plan extends AutoCloseable {

    /** What the plan was prepared for. */
    PlanSpec spec();

    /**
     * Enqueues one step behind all earlier work of this thread on the device. It may return before the run has ended, or
     * after. The step may be changed as soon as this returns.
     *
     * @return always the same object
     * @throws IllegalArgumentException if the step breaks a {@linkplain StepRules rule}; then nothing was enqueued
     * @throws IllegalStateException if the previous run has not ended, or something the plan needs was closed
     */
    Completion run(Step step);

    /**
     * The numbers of an output, in host memory that the plan owns. They are valid from the end of a run until the next one
     * begins; rows beyond those of the step hold unspecified numbers. The same object each time.
     *
     * @param name of an output that is not bound to a buffer
     */
    MemorySegment output(String name);

    /** Where the time went so far, in order; empty unless the plan is {@linkplain PlanSpec#profiled() profiled}. */
    List<OpTime> profile();

    /** Waits for the run under way and gives the memory back. Outputs become inaccessible. */
    @Override
    void close();
}
