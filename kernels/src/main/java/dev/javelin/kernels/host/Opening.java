package dev.javelin.kernels.host;

import dev.javelin.api.DeviceMemoryException;
import dev.javelin.api.MemoryUse;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Something open on a device, with the memory that it owns. Closing waits for the run under way, takes it off the device's
 * list and frees the memory; doing so twice is harmless.
 */
abstract class Opening implements AutoCloseable {

    /** What kind of thing is open; each is counted on its own. */
    enum Kind {
        WEIGHTS("weights are"),
        STATES("state store is"),
        BUFFER("buffer is"),
        PLAN("plan is");

        private final String subject;

        Kind(String subject) {
            this.subject = subject;
        }
    }

    private static final long ALIGNMENT = 64;

    private final Openings owner;
    private final Kind kind;
    private final String name;
    private final long bytes;
    private final Arena arena = Arena.ofShared();
    private volatile boolean closed;

    /**
     * Takes the right to so many bytes; the subclass then allocates them, and calls {@link #close} if it fails.
     *
     * @throws DeviceMemoryException if the device has not got them
     */
    Opening(Openings owner, Kind kind, String name, long bytes) {
        this.owner = owner;
        this.kind = kind;
        this.name = name;
        this.bytes = bytes;
        owner.add(this);
    }

    final MemorySegment allocate(long size) {
        requireOpen();
        try {
            return arena.allocate(Math.max(size, 1), ALIGNMENT);
        } catch (OutOfMemoryError hostIsFull) {
            throw new DeviceMemoryException(owner.device(), name, size, 0);
        }
    }

    final String name() {
        return name;
    }

    final long bytesTaken() {
        return bytes;
    }

    final MemoryUse use() {
        return switch (kind) {
            case WEIGHTS -> new MemoryUse(bytes, 0, 0, 0, 1);
            case STATES -> new MemoryUse(0, bytes, 0, 0, 1);
            case BUFFER -> new MemoryUse(0, 0, bytes, 0, 1);
            case PLAN -> new MemoryUse(0, 0, 0, bytes, 1);
        };
    }

    final boolean belongsTo(Openings device) {
        return owner == device;
    }

    final void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the %s closed: device=%s".formatted(kind.subject, owner.device()));
        }
    }

    @Override
    public final void close() {
        owner.exclusively(() -> {
            if (!closed) {
                arena.close(); // first: it refuses while somebody's input or output reads the memory, then all stays
                // as it was
                closed = true;
                owner.remove(this);
            }
        });
    }
}
