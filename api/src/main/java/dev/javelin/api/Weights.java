package dev.javelin.api;

import java.util.Set;

/**
 * Weights placed on a device in the form its kernels want, for all programs they were placed for. The opener closes it.
 * Immutable and usable from any thread; any number of plans share it.
 */
public interface Weights extends AutoCloseable {

    /** The names placed. */
    Set<String> names();

    /** Bytes that they take on the device. */
    long bytes();

    /** Whether some of them are read from the source's own memory, which must then stay alive until these are closed. */
    boolean retainsSource();

    /** Gives the memory back, after the runs that use it. Plans bound to it can no longer run. */
    @Override
    void close();
}
