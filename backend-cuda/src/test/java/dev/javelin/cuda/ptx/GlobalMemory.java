package dev.javelin.cuda.ptx;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The global memory of a device. There is a zone around each allocation that belongs to nobody, and no address is given twice:
 * so whatever reaches beyond an allocation, or into one that was freed, is seen.
 */
final class GlobalMemory {
    private static final long ALIGNMENT = 512;
    private static final long ZONE = 1 << 20;

    private final ConcurrentSkipListMap<Long, Allocation> allocations = new ConcurrentSkipListMap<>();
    private final AtomicLong next;
    private final AtomicLong used = new AtomicLong();
    private final long capacity;
    private final boolean watchUninitialised;

    /**
     * Memory of a device.
     *
     * @param first address, a multiple of 512
     * @param watchUninitialised whether reading what nobody wrote is a fault
     */
    GlobalMemory(long first, long capacity, boolean watchUninitialised) {
        this.next = new AtomicLong(first);
        this.capacity = capacity;
        this.watchUninitialised = watchUninitialised;
    }

    long capacity() {
        return capacity;
    }

    long free() {
        return capacity - used.get();
    }

    /** Takes memory, filled with ones where that is not a sin to read; empty if there is not that much left. */
    OptionalLong allocate(long bytes) {
        if (used.addAndGet(bytes) > capacity || bytes > Integer.MAX_VALUE - 64) {
            used.addAndGet(-bytes);
            return OptionalLong.empty();
        }
        byte[] content = new byte[(int) bytes];
        Arrays.fill(content, (byte) -1); // as floats not a number: what is used before it is written shows
        BitSet written = watchUninitialised ? new BitSet() : null;
        return OptionalLong.of(place(content, false, written, "allocation").start());
    }

    Allocation variable(byte[] content, boolean readOnly, String name) {
        return place(content, readOnly, null, "variable " + name);
    }

    private Allocation place(byte[] content, boolean readOnly, @Nullable BitSet written, String name) {
        long size = (content.length + ZONE + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        Allocation fresh = new Allocation(next.getAndAdd(size), content, readOnly, written, name);
        allocations.put(fresh.start(), fresh);
        return fresh;
    }

    /** Gives memory back; false if there is none at that address. */
    boolean free(long address) {
        Allocation allocation = allocations.get(address);
        if (allocation == null || allocation.freed()) {
            return false;
        }
        allocation.free();
        used.addAndGet(-allocation.bytes().length);
        // its place stays known, its content goes
        Allocation remains = new Allocation(
                address, new byte[0], true, null, "allocation that had " + allocation.bytes().length + " bytes and");
        remains.free();
        allocations.put(address, remains);
        return true;
    }

    /** The allocation with these bytes; a fault if there is none. */
    Allocation require(long address, int bytes, int lane) {
        Map.Entry<Long, Allocation> below = allocations.floorEntry(address);
        if (below != null && below.getValue().holds(address, bytes)) {
            return below.getValue();
        }
        Map.Entry<Long, Allocation> above = allocations.higherEntry(address);
        if (below != null && below.getValue().freed()) {
            throw new Fault(
                    Fault.Kind.USE_AFTER_FREE,
                    lane,
                    "0x%x, %d bytes behind the start of %s"
                            .formatted(address, address - below.getKey(), below.getValue()));
        }
        StringBuilder near = new StringBuilder();
        if (below != null) {
            near.append(", %d bytes behind the end of %s"
                    .formatted(address - below.getValue().end(), below.getValue()));
        }
        if (above != null) {
            near.append(", %d bytes before %s".formatted(above.getKey() - address, above.getValue()));
        }
        throw new Fault(
                Fault.Kind.OUT_OF_BOUNDS, lane, "%d bytes of global memory at 0x%x%s".formatted(bytes, address, near));
    }
}
