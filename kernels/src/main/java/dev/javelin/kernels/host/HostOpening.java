package dev.javelin.kernels.host;

import dev.javelin.api.DeviceMemoryException;
import dev.javelin.kernels.device.Opening;
import dev.javelin.kernels.device.Openings;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Something open in host memory. */
abstract class HostOpening extends Opening {
    /** Of all memory. */
    static final long ALIGNMENT = 64;

    private final Arena arena = Arena.ofShared();

    HostOpening(Openings owner, Kind kind, String name, long bytes) {
        super(owner, kind, name, bytes);
    }

    final MemorySegment allocate(long size) {
        requireOpen();
        try {
            return arena.allocate(Math.max(size, 1), ALIGNMENT);
        } catch (OutOfMemoryError hostIsFull) {
            throw new DeviceMemoryException(owner().device(), name(), size, 0);
        }
    }

    /** Refuses while somebody's input or output reads the memory. */
    @Override
    protected final void free() {
        arena.close();
    }
}
