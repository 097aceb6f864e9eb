package dev.javelin.kernels.gpu;

import java.lang.foreign.MemorySegment;

/** Host memory that a driver can copy from and to while other work goes on. The opener closes it. */
public interface HostBlock extends AutoCloseable {

    /** The memory; inaccessible once this is closed. */
    MemorySegment memory();

    /** A part of it, which lives as long as this and is not closed. Made ready once for copies that begin there. */
    HostBlock part(long offset, long bytes);

    /**
     * Gives the memory back, after the copies that use it.
     *
     * @throws IllegalStateException if somebody still reads the memory; then all stays as it was
     */
    @Override
    void close();
}
