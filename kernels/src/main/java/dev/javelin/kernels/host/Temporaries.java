package dev.javelin.kernels.host;

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
 * reads it; those in {@code kept} never do. Places are aligned to 64 bytes. Works on the program as the device runs it.
 */
final class Temporaries {
    private static final long ALIGNMENT = 64;

    private final Map<Value, Long> offsets = new HashMap<>();
    private long bytes;

    private record Live(long from, long to, int lastRead) {}

    Temporaries(Program lowered, Limits limits, Set<Value> kept, Set<Value> elsewhere) {
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
                if (!elsewhere.contains(value)) {
                    int lastRead = kept.contains(value) ? Integer.MAX_VALUE : lastReads.getOrDefault(value, i);
                    live.add(place(value, Math.ceilDiv(value.bytes(limits), ALIGNMENT) * ALIGNMENT, lastRead, live));
                }
            }
        }
    }

    /** The lowest gap that is large enough. */
    private Live place(Value value, long size, int lastRead, List<Live> live) {
        long from = 0;
        for (boolean moved = true; moved; ) {
            moved = false;
            for (Live other : live) {
                if (from < other.to() && other.from() < from + size) {
                    from = other.to();
                    moved = true;
                }
            }
        }
        offsets.put(value, from);
        bytes = Math.max(bytes, from + size);
        return new Live(from, from + size, lastRead);
    }

    /** Bytes of all places together. */
    long bytes() {
        return bytes;
    }

    boolean holds(Value value) {
        return offsets.containsKey(value);
    }

    /** Where the value begins. */
    long offset(Value value) {
        Long offset = offsets.get(value);
        if (offset == null) {
            throw new IllegalArgumentException("the value has no memory in this plan: value=" + value);
        }
        return offset;
    }
}
