package dev.javelin.cuda.simulated;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Memory of the host by its addresses; pinned memory that was asked for here. */
final class HostMemory {
    private static final long ALIGNMENT = 4096;

    private record Pinned(Arena arena, long bytes) {}

    private final ConcurrentSkipListMap<Long, Pinned> pinned = new ConcurrentSkipListMap<>();

    long allocate(long bytes) {
        Arena arena = Arena.ofShared();
        MemorySegment memory = arena.allocate(bytes, ALIGNMENT);
        memory.fill((byte) 0xa5); // it may hold anything
        pinned.put(memory.address(), new Pinned(arena, bytes));
        return memory.address();
    }

    boolean free(long address) {
        Pinned gone = pinned.remove(address);
        if (gone != null) {
            gone.arena.close();
        }
        return gone != null;
    }

    /** Whether the device may copy there while the host does something else. */
    boolean isPinned(long address, long bytes) {
        Map.Entry<Long, Pinned> below = pinned.floorEntry(address);
        return below != null && address + bytes <= below.getKey() + below.getValue().bytes;
    }

    int open() {
        return pinned.size();
    }

    @SuppressWarnings("restricted") // whoever calls the driver says what is there
    static MemorySegment at(long address, long bytes) {
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    static String text(long address) {
        return at(address, Long.MAX_VALUE - address).getString(0);
    }

    static long pointer(long address, int index) {
        return at(address + 8L * index, 8).get(ValueLayout.JAVA_LONG_UNALIGNED, 0);
    }

    static byte[] bytes(long address, int count) {
        return at(address, count).toArray(ValueLayout.JAVA_BYTE);
    }

    /** Writes a text with a zero behind it, as much of it as there is room for. */
    static void putText(long address, int room, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int count = Math.min(bytes.length, room - 1);
        MemorySegment target = at(address, room);
        MemorySegment.copy(bytes, 0, target, ValueLayout.JAVA_BYTE, 0, count);
        target.set(ValueLayout.JAVA_BYTE, count, (byte) 0);
    }
}
