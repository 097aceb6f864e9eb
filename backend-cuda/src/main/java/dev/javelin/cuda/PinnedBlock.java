package dev.javelin.cuda;

import dev.javelin.kernels.gpu.HostBlock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Pinned host memory of the driver's.
 *
 * @param release gives it back; refuses while somebody reads
 */
record PinnedBlock(MemorySegment memory, Runnable release) implements HostBlock {

    /**
     * Memory of the driver's, filled with zeros.
     *
     * @param free gives it back to the driver
     */
    @SuppressWarnings("restricted") // the driver says where its memory lies
    static PinnedBlock of(long address, long bytes, Runnable free) {
        Arena arena = Arena.ofShared();
        MemorySegment memory = MemorySegment.ofAddress(address).reinterpret(bytes, arena, null);
        memory.fill((byte) 0);
        return new PinnedBlock(memory, () -> {
            arena.close(); // refuses while somebody reads
            free.run();
        });
    }

    /** For copies. */
    long address() {
        return memory.address();
    }

    @Override
    public PinnedBlock part(long offset, long bytes) {
        return new PinnedBlock(memory.asSlice(offset, bytes), () -> {});
    }

    @Override
    public void close() {
        release.run();
    }
}
