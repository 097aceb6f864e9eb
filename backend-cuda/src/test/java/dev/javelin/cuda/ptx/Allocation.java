package dev.javelin.cuda.ptx;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A piece of global memory. */
final class Allocation {
    private final long start;
    private final byte[] bytes;
    private final boolean readOnly;
    private final @Nullable BitSet written;
    private final String name;
    private volatile boolean freed;

    Allocation(long start, byte[] bytes, boolean readOnly, @Nullable BitSet written, String name) {
        this.start = start;
        this.bytes = bytes;
        this.readOnly = readOnly;
        this.written = written;
        this.name = name;
    }

    long start() {
        return start;
    }

    long end() {
        return start + bytes.length;
    }

    byte[] bytes() {
        return bytes;
    }

    boolean readOnly() {
        return readOnly;
    }

    boolean freed() {
        return freed;
    }

    void free() {
        freed = true;
    }

    /** Whether a kernel may use these bytes as far as their place is concerned. */
    boolean holds(long address, int count) {
        long at = address - start;
        return at >= 0 && at <= bytes.length - count && !freed;
    }

    void wrote(int at, int count) {
        if (written != null) {
            synchronized (written) {
                written.set(at, at + count);
            }
        }
    }

    /** Whether all of it has been written, if anybody keeps account. */
    boolean initialised(int at, int count) {
        if (written == null) {
            return true;
        }
        synchronized (written) {
            return written.nextClearBit(at) >= at + count;
        }
    }

    @Override
    public String toString() {
        return "%s of %d bytes at 0x%x%s".formatted(name, bytes.length, start, freed ? ", freed" : "");
    }
}
