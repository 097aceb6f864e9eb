package dev.javelin.api;

import java.lang.foreign.MemorySegment;

/**
 * Memory of a device, for inputs and for outputs that stay there. The opener closes it. Usable from any thread; reads and
 * writes block, and take their place in the order of the runs enqueued on the device. New buffers hold zeros.
 */
public interface Buffer extends AutoCloseable {

    /** Its size. */
    long bytes();

    /** Copies all of {@code from} to the bytes from {@code offset} on. */
    void write(long offset, MemorySegment from);

    /** Fills all of {@code to} with the bytes from {@code offset} on. */
    void read(long offset, MemorySegment to);

    /** Gives the memory back, after the runs that use it. Plans bound to it can no longer run. */
    @Override
    void close();
}
