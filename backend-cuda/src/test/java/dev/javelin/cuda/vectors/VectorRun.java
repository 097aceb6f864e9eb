package dev.javelin.cuda.vectors;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.javelin.cuda.driver.Cu;
import dev.javelin.cuda.driver.Cuda;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Executes vectors on one device of a driver, simulated or real. Used by one thread, which closes it. */
final class VectorRun implements AutoCloseable {
    private static final int LANES = 32;

    private final Cuda cuda;
    private final int device;
    private final long stream;

    VectorRun(Cuda cuda, int device) {
        this.cuda = cuda;
        this.device = device;
        check(cuda.init());
        check(cuda.contextSetCurrent(made(cuda.devicePrimaryCtxRetain(device))));
        this.stream = made(cuda.streamCreate(Cu.STREAM_NON_BLOCKING));
    }

    int architecture() {
        return 10 * cuda.deviceGetAttribute(Cu.ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device)
                + cuda.deviceGetAttribute(Cu.ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device);
    }

    /** The results of all rows, as bits. */
    List<List<Long>> run(Vector vector) {
        int lanes = vector.lanes();
        int results = vector.resultWidths().size();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sources = arena.allocate(
                    JAVA_LONG, (long) lanes * vector.sourceWidths().size());
            for (int lane = 0; lane < lanes; lane++) {
                List<Long> row = vector.sourcesOfLane(lane);
                for (int i = 0; i < row.size(); i++) {
                    sources.setAtIndex(JAVA_LONG, (long) i * lanes + lane, row.get(i));
                }
            }
            MemorySegment out = arena.allocate(JAVA_LONG, (long) lanes * results);
            launch(vector, sources, out, arena);
            List<List<Long>> rows = new ArrayList<>();
            for (int lane = 0; lane < vector.sources().size(); lane++) {
                List<Long> row = new ArrayList<>();
                for (int i = 0; i < results; i++) {
                    row.add(out.getAtIndex(JAVA_LONG, (long) i * lanes + lane));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    private void launch(Vector vector, MemorySegment sources, MemorySegment out, Arena arena) {
        long module = made(cuda.moduleLoadDataEx(
                arena.allocateFrom(vector.kernel()).address(),
                new int[0],
                arena.allocate(ADDRESS).address()));
        long from = made(cuda.memAlloc(sources.byteSize()));
        long to = made(cuda.memAlloc(out.byteSize()));
        try {
            check(cuda.memcpyHtoDAsync(from, sources.address(), sources.byteSize(), stream));
            check(cuda.memsetD8Async(to, (byte) 0, out.byteSize(), stream));
            MemorySegment values = arena.allocate(JAVA_LONG, 2);
            values.setAtIndex(JAVA_LONG, 0, from);
            values.setAtIndex(JAVA_LONG, 1, to);
            MemorySegment pointers = arena.allocate(ADDRESS, 2);
            pointers.setAtIndex(ADDRESS, 0, values);
            pointers.setAtIndex(ADDRESS, 1, values.asSlice(8));
            check(cuda.launchKernel(
                    made(cuda.moduleGetFunction(module, "vector")),
                    vector.blocks(),
                    1,
                    1,
                    LANES,
                    1,
                    1,
                    0,
                    stream,
                    pointers.address()));
            check(cuda.memcpyDtoHAsync(out.address(), to, out.byteSize(), stream));
            check(cuda.streamSynchronize(stream));
        } finally {
            cuda.memFree(from);
            cuda.memFree(to);
            cuda.moduleUnload(module);
        }
    }

    private long made(long handle) {
        if (handle < 0) {
            check((int) -handle);
        }
        return handle;
    }

    private void check(int code) {
        if (code != Cu.SUCCESS) {
            throw new IllegalStateException(cuda.getErrorName(code) + ": " + cuda.getErrorString(code));
        }
    }

    @Override
    public void close() {
        cuda.streamDestroy(stream);
        cuda.devicePrimaryCtxRelease(device);
    }
}
