package dev.javelin.kernels.device;

import dev.javelin.api.DeviceMemoryException;
import dev.javelin.api.MemoryUse;

/**
 * Something open on a device, with the memory that it owns. Closing waits for the work under way, takes it off the device's list
 * and frees the memory; doing so twice is harmless.
 */
public abstract class Opening implements AutoCloseable {

    /** What kind of thing is open; each is counted on its own. */
    public enum Kind {
        WEIGHTS("weights are"),
        STATES("state store is"),
        BUFFER("buffer is"),
        PLAN("plan is");

        private final String subject;

        Kind(String subject) {
            this.subject = subject;
        }
    }

    private final Openings owner;
    private final Kind kind;
    private final String name;
    private final long bytes;
    private volatile boolean closed;

    /**
     * Takes the right to so many bytes; the subclass then allocates them, and calls {@link #close} if it fails.
     *
     * @throws DeviceMemoryException if the device has not got them
     */
    @SuppressWarnings("this-escape") // what is counted is set by then
    protected Opening(Openings owner, Kind kind, String name, long bytes) {
        this.owner = owner;
        this.kind = kind;
        this.name = name;
        this.bytes = bytes;
        owner.add(this);
    }

    /**
     * Gives the memory back. Called once, when nothing of the device is under way.
     *
     * @throws IllegalStateException if somebody still reads the memory: then all stays as it was
     */
    protected abstract void free();

    /** All that is open on the same device. */
    protected final Openings owner() {
        return owner;
    }

    /** For errors. */
    public final String name() {
        return name;
    }

    /** What it took the right to. */
    public final long bytesTaken() {
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

    /**
     * Refuses what was closed.
     *
     * @throws IllegalStateException naming what was closed
     */
    public final void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the %s closed: device=%s".formatted(kind.subject, owner.device()));
        }
    }

    @Override
    public final void close() {
        owner.exclusively(() -> {
            if (!closed) {
                free();
                closed = true;
                owner.remove(this);
            }
        });
    }
}
