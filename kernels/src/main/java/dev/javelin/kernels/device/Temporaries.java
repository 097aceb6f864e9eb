package dev.javelin.kernels.device;

import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Program;
import dev.javelin.api.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the results of a program lie in one piece of memory. A result gives its place away after the last operation that
 * reads it. Those in {@code kept} never do, and lie behind all others: so the fewer there are, the less memory it takes. Works on
 * the program as the device runs it. Immutable.
 */
public final class Temporaries {
    private final long alignment;
    private final Map<Value, Long> offsets = new HashMap<>();
    private long bytes;

    private record Live(long from, long to, int lastRead) {}

    /**
     * Finds a place for each result.
     *
     * @param kept never give their place away
     * @param elsewhere need no place
     * @param alignment of each place, a power of two
     */
    public Temporaries(Program lowered, Limits limits, Set<Value> kept, Set<Value> elsewhere, long alignment) {
        this.alignment = alignment;
        List<Op> ops = lowered.ops();
        Map<Value, Integer> lastReads = new HashMap<>();
        for (int i = 0; i < ops.size(); i++) {
            for (Value read : ops.get(i).reads()) {
                lastReads.put(read, i);
            }
        }
        List<Live> live = new ArrayList<>();
        for (int i = 0; i < ops.size(); i++) {
            int now = i;
            live.removeIf(other -> other.lastRead() < now); // not <=: what an op writes never overlaps what it reads
            for (Value value : ops.get(i).writes()) {
                if (!elsewhere.contains(value) && !kept.contains(value)) {
                    live.add(place(value, padded(value, limits), lastReads.getOrDefault(value, i), live));
                }
            }
        }
        for (Op op : ops) {
            for (Value value : op.writes()) {
                if (kept.contains(value)) {
                    offsets.put(value, bytes);
                    bytes = Bytes.sum(bytes, padded(value, limits));
                }
            }
        }
    }

    private long padded(Value value, Limits limits) {
        return Bytes.aligned(value.bytes(limits), alignment);
    }

    /** The lowest gap that is large enough. */
    private Live place(Value value, long size, int lastRead, List<Live> live) {
        long from = 0;
        for (boolean moved = true; moved; ) {
            moved = false;
            for (Live other : live) {
                if (from < other.to() && other.from() < Bytes.sum(from, size)) {
                    from = other.to();
                    moved = true;
                }
            }
        }
        offsets.put(value, from);
        long to = Bytes.sum(from, size);
        bytes = Math.max(bytes, to);
        return new Live(from, to, lastRead);
    }

    /** Bytes of all places together. */
    public long bytes() {
        return bytes;
    }

    /**
     * Where the value begins.
     *
     * @throws IllegalArgumentException if it has no place here
     */
    public long offset(Value value) {
        Long offset = offsets.get(value);
        if (offset == null) {
            throw new IllegalArgumentException("the value has no memory in this plan: value=" + value);
        }
        return offset;
    }
}
