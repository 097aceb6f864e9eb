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
 * reads it. Those in {@code kept} never do, and lie behind all others: so the fewer there are, the less memory it takes. Places
 * are aligned to 64 bytes. Works on the program as the device runs it.
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
                if (!elsewhere.contains(value) && !kept.contains(value)) {
                    live.add(place(value, padded(value, limits), lastReads.getOrDefault(value, i), live));
                }
            }
        }
        for (Op op : ops) {
            for (Value value : op.writes()) {
                if (kept.contains(value)) {
                    offsets.put(value, bytes);
                    bytes = HostBytes.sum(bytes, padded(value, limits));
                }
            }
        }
    }

    private static long padded(Value value, Limits limits) {
        return HostBytes.sum(value.bytes(limits), ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** The lowest gap that is large enough. */
    private Live place(Value value, long size, int lastRead, List<Live> live) {
        long from = 0;
        for (boolean moved = true; moved; ) {
            moved = false;
            for (Live other : live) {
                if (from < other.to() && other.from() < HostBytes.sum(from, size)) {
                    from = other.to();
                    moved = true;
                }
            }
        }
        offsets.put(value, from);
        long to = HostBytes.sum(from, size);
        bytes = Math.max(bytes, to);
        return new Live(from, to, lastRead);
    }

    /** Bytes of all places together. */
    long bytes() {
        return bytes;
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
