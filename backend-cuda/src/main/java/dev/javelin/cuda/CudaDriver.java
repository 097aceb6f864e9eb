package dev.javelin.cuda;

import dev.javelin.api.DeviceMemoryException;
import dev.javelin.cuda.driver.Cu;
import dev.javelin.cuda.driver.Cuda;
import dev.javelin.kernels.gpu.DeviceTraits;
import dev.javelin.kernels.gpu.GpuDriver;
import dev.javelin.kernels.gpu.HostBlock;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Recorder;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/**
 * One device with its primary context and a stream of our own. A context belongs to a thread of the system, and any thread may
 * call, virtual ones too, which change theirs when they wait: so every call makes the context current first, which costs less
 * than a tenth of a launch.
 *
 * <p>The macro {@code DYNAMIC_SHARED} of a kernel is the number of bytes of shared memory that it wants at its launch; others
 * mean nothing here, since the kernels were compiled before.
 */
final class CudaDriver implements GpuDriver {
    /** See the class. */
    static final String DYNAMIC_SHARED = "DYNAMIC_SHARED";

    /** What the driver's own pieces of memory are aligned to. */
    private static final int ALIGNMENT = 256;

    /** Marks the number of a view, which has nothing to give back. */
    private static final long VIEW = 1;

    private final Cuda cuda;
    private final CudaDevice device;
    private final CudaErrors errors;
    private final Modules modules;
    private final Numbered<CudaKernel> kernels = new Numbered<>();
    private final CudaRecorder recorder;
    private final long context;
    private final long stream;

    /** The caller closes it. */
    CudaDriver(Cuda cuda, CudaDevice device) {
        this.cuda = cuda;
        this.device = device;
        this.errors = new CudaErrors(cuda, device.info().id());
        this.modules = new Modules(cuda, errors);
        this.context = errors.allocated(
                cuda.devicePrimaryCtxRetain(device.number()), "cuDevicePrimaryCtxRetain", device.number());
        try {
            enter();
            this.stream = errors.allocated(cuda.streamCreate(Cu.STREAM_NON_BLOCKING), "cuStreamCreate", 0);
        } catch (RuntimeException failed) {
            cuda.devicePrimaryCtxRelease(device.number());
            throw failed;
        }
        this.recorder = new CudaRecorder(cuda, errors, this::enter, stream);
    }

    /** Before every call. */
    private void enter() {
        errors.requireAlive();
        errors.check(cuda.contextSetCurrent(context), "cuCtxSetCurrent", 0);
    }

    /** Before a call that gives something back; false where the context is spoilt, and all in it goes with it. */
    private boolean canEnter() {
        return !errors.isLost() && cuda.contextSetCurrent(context) == Cu.SUCCESS;
    }

    private static long address(long memory) {
        return memory & -(VIEW + 1);
    }

    @Override
    public DeviceTraits traits() {
        return device.traits();
    }

    @Override
    public long largestAllocation() {
        return device.info().memoryTotal();
    }

    @Override
    public long alignment() {
        return ALIGNMENT;
    }

    // memory

    @Override
    public long allocate(long bytes) {
        enter();
        return errors.allocated(cuda.memAlloc(bytes), "cuMemAlloc", bytes);
    }

    @Override
    public long view(long memory, long offset, long bytes) {
        return (address(memory) + offset) | VIEW;
    }

    @Override
    public void free(long memory) {
        if ((memory & VIEW) == 0 && canEnter()) {
            cuda.memFree(memory);
        }
    }

    @Override
    public HostBlock openHost(long bytes) {
        enter();
        long size = Math.max(bytes, 1);
        long address = cuda.memHostAlloc(size, 0);
        if (address == -Cu.OUT_OF_MEMORY) {
            throw new DeviceMemoryException(device.info().id(), "pinned host memory, cuMemHostAlloc", size, 0);
        }
        errors.made(address, "cuMemHostAlloc", size);
        return PinnedBlock.of(address, size, () -> {
            if (canEnter()) {
                cuda.memFreeHost(address);
            }
        });
    }

    private static long address(HostBlock block) {
        return ((PinnedBlock) block).address();
    }

    @Override
    public void write(long memory, long offset, HostBlock from, long bytes) {
        enter();
        errors.check(
                cuda.memcpyHtoDAsync(address(memory) + offset, address(from), bytes, stream),
                "cuMemcpyHtoDAsync",
                bytes);
    }

    @Override
    public void read(long memory, long offset, HostBlock to, long bytes) {
        enter();
        errors.check(
                cuda.memcpyDtoHAsync(address(to), address(memory) + offset, bytes, stream), "cuMemcpyDtoHAsync", bytes);
    }

    @Override
    public void copy(long from, long fromOffset, long to, long toOffset, long bytes) {
        enter();
        errors.check(
                cuda.memcpyDtoDAsync(address(to) + toOffset, address(from) + fromOffset, bytes, stream),
                "cuMemcpyDtoDAsync",
                bytes);
    }

    @Override
    public void zero(long memory, long offset, long bytes) {
        enter();
        errors.check(cuda.memsetD8Async(address(memory) + offset, (byte) 0, bytes, stream), "cuMemsetD8Async", bytes);
    }

    @Override
    public MemorySegment map(long memory, long offset, long bytes) {
        throw new UnsupportedOperationException("the device does not share host memory: device=" + errors.device());
    }

    @Override
    public void unmap(long memory, MemorySegment mapped) {
        throw new UnsupportedOperationException("the device does not share host memory: device=" + errors.device());
    }

    // kernels

    @Override
    public long openKernel(KernelId id, Supplier<String> text) {
        enter();
        long function = modules.function(id, text);
        int shared = Integer.parseInt(id.defines().getOrDefault(DYNAMIC_SHARED, "0"));
        if (shared > 0) {
            errors.check(
                    cuda.funcSetAttribute(function, Cu.FUNCTION_MAX_DYNAMIC_SHARED_SIZE_BYTES, shared),
                    "cuFuncSetAttribute of dynamic shared memory of " + id.entry(),
                    shared);
        }
        return kernels.add(new CudaKernel(id, function, shared));
    }

    @Override
    public void setMemory(long kernel, int index, long memory) {
        kernels.get(kernel).setAddress(index, address(memory));
    }

    @Override
    public void setNumber(long kernel, int index, int bits) {
        kernels.get(kernel).setNumber(index, bits);
    }

    @Override
    public void launch(long kernel, int axes, long[] groups, long[] local) {
        enter();
        CudaKernel launched = kernels.get(kernel);
        int code = launched.launch(cuda, stream, axes, groups, local);
        if (code != Cu.SUCCESS) {
            throw errors.failed(code, "cuLaunchKernel of " + launched.sizes(axes, groups, local), groups[0]);
        }
    }

    @Override
    public void freeKernel(long kernel) {
        kernels.remove(kernel).close();
    }

    @Override
    public Recorder recorder() {
        return recorder;
    }

    // order and time

    @Override
    public long openEvent() {
        enter();
        return errors.allocated(cuda.eventCreate(0), "cuEventCreate", 0);
    }

    @Override
    public void record(long event) {
        enter();
        errors.check(cuda.eventRecord(event, stream), "cuEventRecord", 0);
    }

    @Override
    public boolean ended(long event) {
        enter();
        int code = cuda.eventQuery(event);
        if (code != Cu.NOT_READY) {
            errors.check(code, "a run, as cuEventQuery tells it", 0);
        }
        return code == Cu.SUCCESS;
    }

    @Override
    public void await(long event) {
        enter();
        errors.check(cuda.eventSynchronize(event), "a run, as cuEventSynchronize tells it", 0);
    }

    @Override
    public long nanosBetween(long from, long to) {
        enter();
        return errors.made(cuda.eventElapsedNanos(from, to), "cuEventElapsedTime", 0);
    }

    @Override
    public void freeEvent(long event) {
        if (canEnter()) {
            cuda.eventDestroy(event);
        }
    }

    /** What is enqueued begins by itself. */
    @Override
    public void flush() {
        errors.requireAlive();
    }

    @Override
    public void finish() {
        enter();
        errors.check(cuda.streamSynchronize(stream), "cuStreamSynchronize", 0);
    }

    /** Events always tell their times. */
    @Override
    public void beginTiming() {
        finish();
    }

    @Override
    public void endTiming() {
        finish();
    }

    /** The last to close a device in the process ends its context too, a spoilt one with it. */
    @Override
    public void close() {
        if (canEnter()) {
            modules.close();
            cuda.streamDestroy(stream);
        }
        cuda.contextSetCurrent(0);
        cuda.devicePrimaryCtxRelease(device.number());
    }
}
