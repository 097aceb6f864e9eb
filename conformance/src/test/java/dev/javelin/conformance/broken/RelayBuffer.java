package dev.javelin.conformance.broken;

import dev.javelin.api.Buffer;
import java.lang.foreign.MemorySegment;

/** Hands everything on to another buffer. */
class RelayBuffer implements Buffer {

    final Buffer right;

    RelayBuffer(Buffer right) {
        this.right = right;
    }

    @Override
    public long bytes() {
        return right.bytes();
    }

    @Override
    public void write(long offset, MemorySegment from) {
        right.write(offset, from);
    }

    @Override
    public void read(long offset, MemorySegment to) {
        right.read(offset, to);
    }

    @Override
    public void close() {
        right.close();
    }
}
