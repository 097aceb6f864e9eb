package dev.javelin.cuda.simulated;

/**
 * What a simulated device says of itself.
 *
 * @param major of its compute capability
 * @param sharedLimit bytes of shared memory that a block may have where the kernel opted in
 * @param watchUninitialised whether reading global memory that nobody wrote is a fault
 */
public record GpuModel(
        String name,
        int major,
        int minor,
        long memoryBytes,
        int multiprocessors,
        int sharedLimit,
        boolean watchUninitialised) {

    private static final long MEMORY = 2L << 30;

    /** Turing, the oldest that our kernels run on. */
    public static GpuModel turing() {
        return new GpuModel("Simulated T4", 7, 5, MEMORY, 4, 64 << 10, false);
    }

    public static GpuModel ampere() {
        return new GpuModel("Simulated A100", 8, 0, MEMORY, 4, 163 << 10, false);
    }

    public static GpuModel hopper() {
        return new GpuModel("Simulated H100", 9, 0, MEMORY, 4, 227 << 10, false);
    }

    public GpuModel withMemory(long bytes) {
        return new GpuModel(name, major, minor, bytes, multiprocessors, sharedLimit, watchUninitialised);
    }

    public GpuModel watchingUninitialised() {
        return new GpuModel(name, major, minor, memoryBytes, multiprocessors, sharedLimit, true);
    }
}
