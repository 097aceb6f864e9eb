package dev.javelin.opencl;

import dev.javelin.kernels.gpu.HostBlock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Host memory with the pointers that copies need, each made once. */
final class ClHostBlock implements HostBlock {
    private static final long ALIGNMENT = 64;

    private final OpenCl cl;
    private final MemorySegment memory;
    private final long pointer;
    private final Runnable release;
    private final List<ClHostBlock> parts = new ArrayList<>();

    private ClHostBlock(OpenCl cl, MemorySegment memory, Runnable release) {
        this.cl = cl;
        this.memory = memory;
        this.pointer = cl.hostPointer(memory);
        this.release = release;
    }

    /** Memory of the JVM. */
    static ClHostBlock ofJvm(OpenCl cl, long bytes) {
        Arena arena = Arena.ofShared();
        return new ClHostBlock(cl, arena.allocate(Math.max(bytes, 1), ALIGNMENT), arena::close);
    }

    /**
     * Memory of the driver.
     *
     * @param unmap gives it back
     */
    @SuppressWarnings("restricted") // the driver says where its memory lies
    static ClHostBlock ofDriver(OpenCl cl, long address, long bytes, Runnable unmap) {
        Arena arena = Arena.ofShared();
        MemorySegment memory = MemorySegment.ofAddress(address).reinterpret(bytes, arena, null);
        memory.fill((byte) 0);
        return new ClHostBlock(cl, memory, () -> {
            arena.close(); // refuses while somebody reads
            unmap.run();
        });
    }

    @Override
    public MemorySegment memory() {
        return memory;
    }

    /** For copies. */
    long pointer() {
        return pointer;
    }

    @Override
    public ClHostBlock part(long offset, long bytes) {
        ClHostBlock part = new ClHostBlock(cl, memory.asSlice(offset, bytes), () -> {});
        parts.add(part);
        return part;
    }

    @Override
    public void close() {
        release.run();
        parts.forEach(ClHostBlock::close);
        cl.releaseHostPointer(pointer);
    }
}
