package dev.javelin.opencl;

import dev.javelin.kernels.gpu.HostBlock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Host memory of the JVM or of the driver.
 *
 * @param release gives it back; refuses while somebody reads
 */
record ClHostBlock(MemorySegment memory, Runnable release) implements HostBlock {
    private static final long ALIGNMENT = 64;

    /** Memory of the JVM. */
    static ClHostBlock ofJvm(long bytes) {
        Arena arena = Arena.ofShared();
        return new ClHostBlock(arena.allocate(Math.max(bytes, 1), ALIGNMENT), arena::close);
    }

    /**
     * Memory of the driver.
     *
     * @param unmap gives it back
     */
    @SuppressWarnings("restricted") // the driver says where its memory lies
    static ClHostBlock ofDriver(long address, long bytes, Runnable unmap) {
        Arena arena = Arena.ofShared();
        MemorySegment memory = MemorySegment.ofAddress(address).reinterpret(bytes, arena, null);
        memory.fill((byte) 0);
        return new ClHostBlock(memory, () -> {
            arena.close(); // refuses while somebody reads
            unmap.run();
        });
    }

    /** For copies. */
    long address() {
        return memory.address();
    }

    @Override
    public ClHostBlock part(long offset, long bytes) {
        return new ClHostBlock(memory.asSlice(offset, bytes), () -> {});
    }

    @Override
    public void close() {
        release.run();
    }
}
