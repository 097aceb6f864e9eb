package dev.javelin.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.javelin.cuda.driver.Cuda;
import dev.javelin.kernels.gpu.KernelId;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A function with arguments of its own, in memory as the driver wants them: a table of addresses, made once, and behind it the
 * values. So a launch hands over one address and leaves no garbage.
 */
final class CudaKernel implements AutoCloseable {
    /** Far more than any kernel has. */
    static final int MOST_ARGUMENTS = 48;

    private final Arena arena = Arena.ofShared();
    private final KernelId id;
    private final long function;
    private final int sharedBytes;
    private final MemorySegment values;
    private final long table;

    /** Of a function that stays loaded. */
    CudaKernel(KernelId id, long function, int sharedBytes) {
        this.id = id;
        this.function = function;
        this.sharedBytes = sharedBytes;
        this.values = arena.allocate(JAVA_LONG, MOST_ARGUMENTS);
        MemorySegment addresses = arena.allocate(JAVA_LONG, MOST_ARGUMENTS);
        for (int i = 0; i < MOST_ARGUMENTS; i++) {
            addresses.setAtIndex(JAVA_LONG, i, values.address() + (long) Long.BYTES * i);
        }
        this.table = addresses.address();
    }

    /** An argument that is an address. */
    void setAddress(int index, long address) {
        values.setAtIndex(JAVA_LONG, index, address);
    }

    /** An argument of 32 bits. */
    void setNumber(int index, int bits) {
        values.set(JAVA_INT, index * (long) Long.BYTES, bits);
    }

    /** Launches it; returns the driver's answer. */
    int launch(Cuda cuda, long stream, int axes, long[] groups, long[] local) {
        return cuda.launchKernel(
                function,
                Math.toIntExact(groups[0]),
                axes > 1 ? Math.toIntExact(groups[1]) : 1,
                axes > 2 ? Math.toIntExact(groups[2]) : 1,
                (int) local[0],
                axes > 1 ? (int) local[1] : 1,
                axes > 2 ? (int) local[2] : 1,
                sharedBytes,
                stream,
                table);
    }

    /** For errors: the kernel and how it was launched. */
    String sizes(int axes, long[] groups, long[] local) {
        return "%s of file %s, groups=%s, threads=%s, dynamicShared=%d"
                .formatted(
                        id.entry(),
                        id.file(),
                        Arrays.toString(Arrays.copyOf(groups, axes)),
                        Arrays.toString(Arrays.copyOf(local, axes)),
                        sharedBytes);
    }

    @Override
    public void close() {
        arena.close();
    }
}
