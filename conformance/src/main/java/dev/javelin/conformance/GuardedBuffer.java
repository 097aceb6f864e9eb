package dev.javelin.conformance;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A buffer that is longer than needed, with one opened before it and one after it: all that nobody may write to holds a
 * pattern, and is looked at again in the end. The opener closes it. For one thread.
 */
final class GuardedBuffer implements AutoCloseable {

    /** A NaN with a payload, which arithmetic does not produce. */
    static final int POISON = 0x7FBA_DBAD;

    private static final int GUARD_BYTES = 256;

    private final String name;
    private final Buffer before;
    private final Buffer buffer;
    private final Buffer after;
    private final long bytes;

    GuardedBuffer(Device device, String name, long bytes) {
        this.name = name;
        this.bytes = bytes;
        this.before = device.openBuffer(GUARD_BYTES);
        this.buffer = device.openBuffer(bytes + GUARD_BYTES);
        this.after = device.openBuffer(GUARD_BYTES);
        fill(before, GUARD_BYTES);
        fill(after, GUARD_BYTES);
        poison();
    }

    Buffer buffer() {
        return buffer;
    }

    /** Fills all of it with the pattern. */
    void poison() {
        fill(buffer, bytes + GUARD_BYTES);
    }

    private static void fill(Buffer to, long count) {
        try (Arena arena = Arena.ofConfined()) {
            to.write(0, poison(arena.allocate(count, Integer.BYTES)));
        }
    }

    /** Fills memory with the pattern. */
    static MemorySegment poison(MemorySegment memory) {
        for (long at = 0; at + Integer.BYTES <= memory.byteSize(); at += Integer.BYTES) {
            memory.set(JAVA_INT, at, POISON);
        }
        return memory;
    }

    void write(MemorySegment from) {
        buffer.write(0, from);
    }

    /** What the buffer holds, without the guards. */
    MemorySegment read(Arena arena) {
        MemorySegment memory = arena.allocate(Math.max(bytes, 1), Integer.BYTES);
        buffer.read(0, memory.asSlice(0, bytes));
        return memory;
    }

    /** Fails if something was written outside. */
    void check() {
        check(before, 0, GUARD_BYTES, "before");
        check(buffer, bytes, GUARD_BYTES, "behind");
        check(after, 0, GUARD_BYTES, "after");
    }

    private void check(Buffer guard, long offset, long count, String where) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(count, Integer.BYTES);
            guard.read(offset, memory);
            for (long at = 0; at < count; at += Integer.BYTES) {
                Claim.that(
                        memory.get(JAVA_INT, at) == POISON,
                        "nothing may be written %s a buffer: buffer=%s, bytes=%d, writtenAt=%d, found=%08x",
                        where,
                        name,
                        bytes,
                        at,
                        memory.get(JAVA_INT, at));
            }
        }
    }

    @Override
    public void close() {
        before.close();
        buffer.close();
        after.close();
    }
}
