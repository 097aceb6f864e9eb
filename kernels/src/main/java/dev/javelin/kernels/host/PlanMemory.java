package dev.javelin.kernels.host;

import dev.javelin.api.Limits;
import dev.javelin.api.StateGroup;
import dev.javelin.api.Value;
import java.lang.foreign.MemorySegment;

/**
 * Where a kernel finds its operands. Asked while a plan is prepared; what it returns stays the same for all runs.
 *
 * @param <W> a weight in the form of the engine
 */
public interface PlanMemory<W> {

    Limits limits();

    /** The numbers of an input or a result, row-major, native byte order, aligned to 64 bytes unless bound by the caller. */
    MemorySegment of(Value value);

    /** A weight as the engine placed it. */
    W weight(Value weight);

    /** The index of the group in a step's block tables. */
    int groupIndex(StateGroup group);

    /** All blocks of the group, one after the other, each in its exported form (see {@code StateStore.exportBlock}). */
    MemorySegment blocks(StateGroup group);

    /** Tokens of a block. */
    int blockTokens();

    /** The ids that the previous run chose, one int for each output row. */
    MemorySegment feedback();

    /** Memory of {@link HostEngine#scratchBytes} bytes, shared with other operations, aligned to 64 bytes. */
    MemorySegment scratch();
}
