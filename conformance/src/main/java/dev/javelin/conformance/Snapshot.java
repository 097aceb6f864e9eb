package dev.javelin.conformance;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** What an output held at some moment: F32 or I32 elements in native order. Immutable. */
final class Snapshot {

    private final Format format;
    private final byte[] bytes;

    private Snapshot(Format format, byte[] bytes) {
        this.format = format;
        this.bytes = bytes;
    }

    /** The first elements of the memory. */
    static Snapshot of(Format format, MemorySegment memory, long elements) {
        return new Snapshot(format, memory.asSlice(0, format.bytes(elements)).toArray(ValueLayout.JAVA_BYTE));
    }

    Format format() {
        return format;
    }

    int size() {
        return bytes.length / Turn.ELEMENT_BYTES;
    }

    /** One element; ints are exact in a double. */
    double at(int index) {
        MemorySegment memory = MemorySegment.ofArray(bytes);
        long offset = (long) index * Turn.ELEMENT_BYTES;
        return format == Format.I32
                ? memory.get(ValueLayout.JAVA_INT_UNALIGNED, offset)
                : memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, offset);
    }

    /** Whether the elements from one to another are the same bit for bit. */
    boolean sameBits(Snapshot other, int from, int to) {
        return Arrays.equals(
                bytes,
                from * Turn.ELEMENT_BYTES,
                to * Turn.ELEMENT_BYTES,
                other.bytes,
                from * Turn.ELEMENT_BYTES,
                to * Turn.ELEMENT_BYTES);
    }
}
