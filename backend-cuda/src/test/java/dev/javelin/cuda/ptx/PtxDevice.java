package dev.javelin.cuda.ptx;

import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;

/** A device that executes PTX: memory, modules, launches. What it is asked to do it has done when it returns. */
public final class PtxDevice {
    private final GlobalMemory memory;
    private final Machine machine;
    private final Counters counters = new Counters();

    /**
     * A device.
     *
     * @param firstAddress of its memory, a multiple of 512
     * @param sharedLimit bytes of shared memory that a block may have where the kernel opted in
     * @param watchUninitialised whether reading global memory that nobody wrote is a fault
     * @param budget instructions of warps that a launch may execute on each host thread
     */
    public PtxDevice(
            long firstAddress,
            long memoryBytes,
            int sharedLimit,
            boolean watchUninitialised,
            long budget,
            Workers workers) {
        memory = new GlobalMemory(firstAddress, memoryBytes, watchUninitialised);
        machine = new Machine(memory, workers, sharedLimit, budget);
    }

    public long totalBytes() {
        return memory.capacity();
    }

    public long freeBytes() {
        return memory.free();
    }

    /** The address of fresh memory; empty if there is not that much left. */
    public OptionalLong allocate(long bytes) {
        return memory.allocate(bytes);
    }

    /** False if there is no memory at that address. */
    public boolean free(long address) {
        return memory.free(address);
    }

    /** Copies from the host. */
    public void write(long to, MemorySegment from) {
        int bytes = Math.toIntExact(from.byteSize());
        if (bytes > 0) {
            Allocation target = memory.require(to, bytes, -1);
            int at = (int) (to - target.start());
            MemorySegment.copy(from, 0, MemorySegment.ofArray(target.bytes()), at, bytes);
            target.wrote(at, bytes);
        }
    }

    /** Copies to the host. */
    public void read(MemorySegment to, long from) {
        int bytes = Math.toIntExact(to.byteSize());
        if (bytes > 0) {
            Allocation source = memory.require(from, bytes, -1);
            MemorySegment.copy(MemorySegment.ofArray(source.bytes()), from - source.start(), to, 0, bytes);
        }
    }

    /** Copies within the device; the places must not overlap. */
    public void copy(long to, long from, long bytes) {
        if (bytes > 0) {
            Allocation source = memory.require(from, Math.toIntExact(bytes), -1);
            write(to, MemorySegment.ofArray(source.bytes()).asSlice(from - source.start(), bytes));
        }
    }

    public void fill(long to, byte value, long bytes) {
        if (bytes > 0) {
            Allocation target = memory.require(to, Math.toIntExact(bytes), -1);
            int at = (int) (to - target.start());
            MemorySegment.ofArray(target.bytes()).asSlice(at, bytes).fill(value);
            target.wrote(at, (int) bytes);
        }
    }

    /** Reads a text; fails with a {@link PtxException} if anything in it is unknown. */
    public LoadedModule load(String text) {
        return new LoadedModule(text, memory);
    }

    /**
     * Runs a kernel; fails with a {@link Fault}.
     *
     * @param parameters as {@link Kernel#parameters} makes them
     */
    public void launch(Kernel kernel, Size blocks, Size threads, int dynamicBytes, byte[] parameters) {
        new Launch(kernel, blocks, threads, dynamicBytes, parameters, machine).run(counters);
    }

    /** What its kernels have done so far. */
    public Counters counters() {
        return counters;
    }
}
