package dev.javelin.opencl;

import dev.javelin.api.DeviceMemoryException;
import dev.javelin.kernels.gpu.DeviceTraits;
import dev.javelin.kernels.gpu.GpuDriver;
import dev.javelin.kernels.gpu.HostBlock;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.opencl.ClErrors.Call;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** One device of one platform, with a context of its own and a queue that works in order. */
final class ClDriver implements GpuDriver {
    private static final long MOST_PINNED = 1 << 30;

    private final OpenCl cl;
    private final ClDevice device;
    private final ClErrors errors;
    private final long context;
    private final long plainQueue;
    private final Programs programs;
    private final long[] global = new long[3];
    private final Set<Long> untouched = ConcurrentHashMap.newKeySet(); // memory that may not really be taken yet
    private long timedQueue; // 0 until it is needed
    private long queue;

    /** The caller closes it. */
    ClDriver(OpenCl cl, ClDevice device, ProgramCache cache) {
        this.cl = cl;
        this.device = device;
        this.errors = new ClErrors(device.info().id());
        this.context =
                errors.made(cl.createContext(device.platform(), device.device()), Call.OTHER, "clCreateContext", 0);
        try {
            this.plainQueue = openQueue(false);
        } catch (RuntimeException failed) {
            cl.releaseContext(context);
            throw failed;
        }
        this.queue = plainQueue;
        this.programs = new Programs(cl, device, errors, context, cache);
    }

    private long openQueue(boolean timed) {
        return errors.made(
                cl.createCommandQueue(context, device.device(), timed),
                Call.OTHER,
                "clCreateCommandQueue",
                timed ? 1 : 0);
    }

    @Override
    public DeviceTraits traits() {
        return device.traits();
    }

    @Override
    public long largestAllocation() {
        return device.largestAllocation();
    }

    @Override
    public long alignment() {
        return device.alignment();
    }

    @Override
    public long allocate(long bytes) {
        long flags = Cl.MEM_READ_WRITE | (traits().sharesHostMemory() ? Cl.MEM_ALLOC_HOST_PTR : 0);
        long memory = errors.made(cl.createBuffer(context, flags, bytes), Call.TAKE, "clCreateBuffer", bytes);
        untouched.add(memory);
        return memory;
    }

    @Override
    public long view(long memory, long offset, long bytes) {
        return errors.made(cl.createSubBuffer(memory, offset, bytes), Call.TAKE, "clCreateSubBuffer", bytes);
    }

    @Override
    public void free(long memory) {
        untouched.remove(memory);
        cl.releaseMemObject(memory);
    }

    /** What bringing something into memory is; the first time may be when the driver takes it. */
    private Call touching(long memory) {
        boolean first = !untouched.isEmpty() && untouched.remove(memory); // looking it up would leave garbage behind
        return first ? Call.TAKE : Call.ENQUEUE;
    }

    /** Pinned where copies cross a bus, if the driver has such memory left. */
    @Override
    public HostBlock openHost(long bytes) {
        if (traits().sharesHostMemory() || bytes <= 0 || bytes > MOST_PINNED) {
            return ofJvm(bytes);
        }
        long flags = Cl.MEM_READ_WRITE | Cl.MEM_ALLOC_HOST_PTR;
        long buffer = cl.createBuffer(context, flags, bytes);
        if (buffer <= 0) {
            return ofJvm(bytes);
        }
        long address = cl.enqueueMapBuffer(plainQueue, buffer, Cl.MAP_READ | Cl.MAP_WRITE, 0, bytes);
        if (address <= 0) {
            cl.releaseMemObject(buffer);
            return ofJvm(bytes);
        }
        return ClHostBlock.ofDriver(address, bytes, () -> {
            cl.enqueueUnmapMemObject(plainQueue, buffer, address);
            cl.finish(plainQueue);
            cl.releaseMemObject(buffer);
        });
    }

    private HostBlock ofJvm(long bytes) {
        try {
            return ClHostBlock.ofJvm(bytes);
        } catch (OutOfMemoryError hostIsFull) {
            throw new DeviceMemoryException(device.info().id(), "host memory", bytes, 0);
        }
    }

    private static long address(HostBlock block) {
        return ((ClHostBlock) block).address();
    }

    @Override
    public void write(long memory, long offset, HostBlock from, long bytes) {
        int code = cl.enqueueWriteBuffer(queue, memory, offset, bytes, address(from));
        errors.check(code, touching(memory), "clEnqueueWriteBuffer", bytes);
    }

    @Override
    public void read(long memory, long offset, HostBlock to, long bytes) {
        int code = cl.enqueueReadBuffer(queue, memory, offset, bytes, address(to));
        errors.check(code, Call.ENQUEUE, "clEnqueueReadBuffer", bytes);
    }

    @Override
    public void copy(long from, long fromOffset, long to, long toOffset, long bytes) {
        int code = cl.enqueueCopyBuffer(queue, from, to, fromOffset, toOffset, bytes);
        errors.check(code, Call.ENQUEUE, "clEnqueueCopyBuffer", bytes);
    }

    @Override
    public void zero(long memory, long offset, long bytes) {
        int code = cl.enqueueFillBuffer(queue, memory, offset, bytes);
        errors.check(code, touching(memory), "clEnqueueFillBuffer", bytes);
    }

    @Override
    @SuppressWarnings("restricted") // the driver says where its memory lies
    public MemorySegment map(long memory, long offset, long bytes) {
        long address = cl.enqueueMapBuffer(queue, memory, Cl.MAP_WRITE, offset, bytes);
        errors.made(address, touching(memory), "clEnqueueMapBuffer", bytes);
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    @Override
    public void unmap(long memory, MemorySegment mapped) {
        errors.check(
                cl.enqueueUnmapMemObject(queue, memory, mapped.address()),
                Call.ENQUEUE,
                "clEnqueueUnmapMemObject",
                mapped.byteSize());
    }

    @Override
    public long openKernel(KernelId id, Supplier<String> text) {
        return programs.openKernel(id, text);
    }

    /** Most work-items of a group in which the kernel runs; 0 if the driver does not say. */
    long groupSize(KernelId id, Supplier<String> text) {
        long kernel = openKernel(id, text);
        try {
            return cl.getKernelGroupSize(kernel, device.device());
        } finally {
            freeKernel(kernel);
        }
    }

    @Override
    public void setMemory(long kernel, int index, long memory) {
        errors.check(cl.setKernelArgMemory(kernel, index, memory), Call.OTHER, "clSetKernelArg of memory", index);
    }

    @Override
    public void setNumber(long kernel, int index, int bits) {
        errors.check(cl.setKernelArgNumber(kernel, index, bits), Call.OTHER, "clSetKernelArg of a number", index);
    }

    @Override
    public void launch(long kernel, int axes, long[] groups, long[] local) {
        long items = 1;
        for (int i = 0; i < axes; i++) {
            global[i] = groups[i] * local[i];
            items *= global[i];
        }
        int code = cl.enqueueNdRangeKernel(queue, kernel, axes, global, local);
        if (code != Cl.SUCCESS) {
            errors.check(code, Call.ENQUEUE, "clEnqueueNDRangeKernel of " + programs.name(kernel), items);
        }
    }

    @Override
    public void freeKernel(long kernel) {
        programs.freeKernel(kernel);
    }

    @Override
    public long openEvent() {
        return cl.openEvent();
    }

    @Override
    public void record(long event) {
        cl.releaseEvent(event);
        errors.check(cl.enqueueMarker(queue, event), Call.ENQUEUE, "clEnqueueMarkerWithWaitList", 0);
    }

    @Override
    public boolean ended(long event) {
        int status = cl.getEventStatus(event);
        if (status < 0) {
            throw errors.failure(Cl.name(status) + " in a run");
        }
        return status == 0;
    }

    @Override
    public void await(long event) {
        int code = cl.waitForEvent(event);
        if (code == Cl.EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST && !ended(event)) {
            throw errors.failure(Cl.name(code) + " in a run");
        }
        errors.check(code, Call.OTHER, "clWaitForEvents", 1);
    }

    @Override
    public long nanosBetween(long from, long to) {
        long begin = errors.made(cl.getEventEnd(from), Call.OTHER, "clGetEventProfilingInfo", 0);
        return errors.made(cl.getEventEnd(to), Call.OTHER, "clGetEventProfilingInfo", 0) - begin;
    }

    @Override
    public void freeEvent(long event) {
        cl.closeEvent(event);
    }

    @Override
    public void flush() {
        errors.check(cl.flush(queue), Call.OTHER, "clFlush", 0);
    }

    @Override
    public void finish() {
        errors.check(cl.finish(queue), Call.OTHER, "clFinish", 0);
    }

    @Override
    public void beginTiming() {
        finish();
        if (timedQueue == 0) {
            timedQueue = openQueue(true);
        }
        queue = timedQueue;
    }

    @Override
    public void endTiming() {
        try {
            finish();
        } finally {
            queue = plainQueue;
        }
    }

    @Override
    public void close() {
        programs.close();
        if (timedQueue != 0) {
            cl.releaseCommandQueue(timedQueue);
        }
        cl.releaseCommandQueue(plainQueue);
        cl.releaseContext(context);
    }
}
