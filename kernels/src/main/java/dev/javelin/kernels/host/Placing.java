package dev.javelin.kernels.host;

import java.lang.foreign.MemorySegment;

/** What an engine may do while it places one weight. Usable from several threads at once. */
public interface Placing {

    /** Memory that lives as long as the placed weights, aligned to 64 bytes, filled with zeros. */
    MemorySegment allocate(long bytes);

    /**
     * Tells that so many bytes of the source have been taken over. To be called every few megabytes.
     *
     * @throws dev.javelin.api.LoadCancelledException if placing shall end
     */
    void advance(long sourceBytes);
}
