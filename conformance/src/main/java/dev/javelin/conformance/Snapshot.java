package dev.javelin.conformance;

import dev.javelin.api.Format;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** What an output held at some moment: F32 or I32 elements. Immutable. */
final class Snapshot {

    private final Format format;
    private final int[] bits;

    private Snapshot(Format format, int[] bits) {
        this.format = format;
        this.bits = bits;
    }

    /** The first elements of the memory. */
    static Snapshot of(Format format, MemorySegment memory, long elements) {
        return new Snapshot(format, memory.asSlice(0, format.bytes(elements)).toArray(ValueLayout.JAVA_INT_UNALIGNED));
    }

    int size() {
        return bits.length;
    }

    /** One element; ints are exact in a double. */
    double at(int index) {
        return format == Format.I32 ? bits[index] : Float.intBitsToFloat(bits[index]);
    }

    /** Whether the elements from one to another are the same bit for bit. */
    boolean sameBits(Snapshot other, int from, int to) {
        return Arrays.equals(bits, from, to, other.bits, from, to);
    }
}
