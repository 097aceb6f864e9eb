package dev.javelin.kernels.gpu;

import dev.javelin.api.KvGroup;
import dev.javelin.api.StateGroup;
import dev.javelin.api.StepColumn;
import dev.javelin.api.StepLayout;
import dev.javelin.api.Value;
import java.util.function.Supplier;

/**
 * What a parameter of a kernel gets: memory of the device, from its first byte on, or a number of 32 bits. Fixed when a plan is
 * prepared; what changes from step to step is found in the memory that {@link Counts} and {@link Column} name.
 */
public sealed interface Arg {

    /** The numbers of an input or a result, row-major. Rows behind those of the step hold anything. */
    record Operand(Value value) implements Arg {}

    /** A plane of a weight in the {@linkplain GpuKernels#form form} in which it was placed. */
    record WeightPlane(Value weight, int plane) implements Arg {}

    /**
     * A column of the step, rows as far apart as in a {@link StepLayout} made for the plan's limits and state. Where the limits
     * leave no room for the column, a few bytes that mean nothing. For the block tables see {@link BlockTable}.
     */
    record Column(StepColumn column) implements Arg {
        public Column {
            if (column == StepColumn.BLOCKS) {
                throw new IllegalArgumentException("block tables are asked for by group");
            }
        }
    }

    /** Of one group, a row for each sequence of {@link PlanFacts#blocksPerSequence()} block numbers. */
    record BlockTable(StateGroup group) implements Arg {}

    /** The keys of one layer: all blocks, in each token by token, head by head, in the group's key format. */
    record Keys(KvGroup group, int layer) implements Arg {}

    /** The values of one layer: all blocks, in each token by token, head by head, in the group's value format. */
    record Values(KvGroup group, int layer) implements Arg {}

    /** The ids that the previous run chose, one int for each output row. Read only: the plan keeps them up to date. */
    record Feedback() implements Arg {}

    /**
     * One of the pieces of memory that {@link GpuKernels#scratch} asks for. All operations of a plan use the same memory in turn:
     * it is zero when the plan is new, and then what the operations before left there.
     */
    record Scratch(int piece) implements Arg {}

    /**
     * Constants, such as the codes of a format. Kept once on each device.
     *
     * @param name stands for the contents: two tables of one name are the same
     * @param bytes makes them, native byte order; called when the device has not got them yet
     */
    record Table(String name, Supplier<byte[]> bytes) implements Arg {}

    /** The counts of the step, as ints: tokens, sequences, outputs, biases, embedding rows. */
    record Counts() implements Arg {}

    record Int(int value) implements Arg {}

    record Real(float value) implements Arg {}
}
