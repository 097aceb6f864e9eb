package dev.javelin.api;

import java.lang.foreign.MemorySegment;

/**
 * The blocks of sequence state that a device holds. The opener closes it. Usable from any thread; its operations take their
 * place in the order of the runs enqueued on the device.
 *
 * <p>New blocks hold zeros.
 */
public interface StateStore extends AutoCloseable {

    /** What was asked for. */
    StateSpec spec();

    /** Copies one block over another of the same group. Does not wait for it. */
    void copyBlock(int group, int from, int to);

    /**
     * Copies a block to host memory and waits for it. The form is the same on every device: for each layer of the group
     * first the keys, token by token and head by head in the group's key format, then the values in theirs.
     *
     * @param to of {@link StateGroup#blockBytes} bytes
     */
    void exportBlock(int group, int block, MemorySegment to);

    /** Fills a block from its exported form and waits for it. */
    void importBlock(int group, int block, MemorySegment from);

    /** Gives the memory back, after the runs that use it. Plans bound to it can no longer run. */
    @Override
    void close();
}
