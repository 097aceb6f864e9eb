package dev.javelin.cuda.simulated;

import dev.javelin.cuda.driver.Cu;
import dev.javelin.cuda.driver.Cuda;
import dev.javelin.cuda.ptx.Counters;
import dev.javelin.cuda.ptx.Fault;
import dev.javelin.cuda.ptx.Kernel;
import dev.javelin.cuda.ptx.LoadedModule;
import dev.javelin.cuda.ptx.PtxDevice;
import dev.javelin.cuda.ptx.PtxException;
import dev.javelin.cuda.ptx.Size;
import dev.javelin.cuda.ptx.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * NVIDIA's driver with devices that interpret PTX. It is stricter than the real one: work begins as late as may be, freeing
 * memory waits for nothing, and kernels fault where {@link Fault.Kind} says.
 *
 * <p>What the fault was is in the text of its error. Closing it ends its threads; who uses it closes what he opened before.
 */
public final class SimulatedCuda implements Cuda, AutoCloseable {
    private static final int DRIVER_VERSION = 12040;
    private static final long ADDRESS_SPACE = 1L << 38;
    private static final long FIRST_ADDRESS = 0x10_0000_0000L;
    private static final long BUDGET = 1L << 32;

    private final List<Context> contexts = new ArrayList<>();
    private final Handles handles = new Handles();
    private final HostMemory host = new HostMemory();
    private final Map<Thread, Context> current = new ConcurrentHashMap<>();
    private final Workers workers;

    private record Module(Context context, LoadedModule code) {}

    private record Function(Context context, Kernel kernel) {}

    private record Graph(List<Runnable> work) {}

    private record Executable(List<Runnable> work) {}

    public SimulatedCuda(GpuModel... models) {
        workers = new Workers(Runtime.getRuntime().availableProcessors());
        for (GpuModel model : models) {
            PtxDevice device = new PtxDevice(
                    FIRST_ADDRESS + ADDRESS_SPACE * contexts.size(),
                    model.memoryBytes(),
                    model.sharedLimit(),
                    model.watchUninitialised(),
                    BUDGET,
                    workers);
            contexts.add(new Context(device, model));
        }
    }

    /** What a device's kernels have done so far. */
    public Counters counters(int device) {
        return contexts.get(device).device().counters();
    }

    /** The sin that ended a device; null if it is well. */
    public @Nullable Fault fault(int device) {
        return contexts.get(device).fault();
    }

    /** What nobody has given back, for people; empty if there is nothing. */
    public String open() {
        List<String> open = new ArrayList<>();
        for (Class<?> type :
                List.of(Module.class, SimulatedStream.class, SimulatedEvent.class, Graph.class, Executable.class)) {
            if (handles.count(type) > 0) {
                open.add(type.getSimpleName() + ": " + handles.count(type));
            }
        }
        if (host.open() > 0) {
            open.add("pinned memory: " + host.open());
        }
        for (Context context : contexts) {
            PtxDevice device = context.device();
            if (device.freeBytes() != device.totalBytes()) {
                open.add("memory: " + (device.totalBytes() - device.freeBytes()) + " bytes of "
                        + context.model().name());
            }
        }
        return String.join(", ", open);
    }

    @Override
    public void close() {
        workers.close();
    }

    // driver and devices

    @Override
    public String binding() {
        return "simulated";
    }

    @Override
    public int init() {
        return contexts.isEmpty() ? Cu.NO_DEVICE : Cu.SUCCESS;
    }

    @Override
    public int driverGetVersion() {
        return DRIVER_VERSION;
    }

    @Override
    public int deviceGetCount() {
        return contexts.size();
    }

    @Override
    public int deviceGetAttribute(int attribute, int device) {
        GpuModel model = contexts.get(device).model();
        return switch (attribute) {
            case Cu.ATTRIBUTE_MAX_THREADS_PER_BLOCK -> 1024;
            case Cu.ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK -> 48 << 10;
            case Cu.ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN -> model.sharedLimit();
            case Cu.ATTRIBUTE_WARP_SIZE -> 32;
            case Cu.ATTRIBUTE_MULTIPROCESSOR_COUNT -> model.multiprocessors();
            case Cu.ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR -> model.major();
            case Cu.ATTRIBUTE_COMPUTE_CAPABILITY_MINOR -> model.minor();
            case Cu.ATTRIBUTE_CLOCK_RATE, Cu.ATTRIBUTE_MEMORY_CLOCK_RATE -> 1_000_000;
            case Cu.ATTRIBUTE_GLOBAL_MEMORY_BUS_WIDTH -> 256;
            case Cu.ATTRIBUTE_L2_CACHE_SIZE -> 4 << 20;
            case Cu.ATTRIBUTE_INTEGRATED, Cu.ATTRIBUTE_COMPUTE_MODE -> 0;
            default -> -Cu.INVALID_VALUE;
        };
    }

    @Override
    public String deviceGetName(int device) {
        return contexts.get(device).model().name();
    }

    @Override
    public byte[] deviceGetUuid(int device) {
        byte[] uuid = new byte[16];
        uuid[15] = (byte) (device + 1);
        return uuid;
    }

    @Override
    public String deviceGetPciBusId(int device) {
        return "0000:%02x:00.0".formatted(device + 1);
    }

    @Override
    public long deviceTotalMem(int device) {
        return contexts.get(device).device().totalBytes();
    }

    // contexts; a device's is its number and one

    @Override
    public long devicePrimaryCtxRetain(int device) {
        return 1L + device;
    }

    @Override
    public int devicePrimaryCtxRelease(int device) {
        return Cu.SUCCESS;
    }

    @Override
    public int contextSetCurrent(long context) {
        if (context < 0 || context > contexts.size()) {
            return Cu.INVALID_CONTEXT;
        }
        if (context == 0) {
            current.remove(Thread.currentThread());
        } else {
            current.put(Thread.currentThread(), contexts.get((int) context - 1));
        }
        return Cu.SUCCESS;
    }

    private int inContext(ToIntFunction<Context> call) {
        Context context = current.get(Thread.currentThread());
        return context == null ? Cu.INVALID_CONTEXT : call.applyAsInt(context);
    }

    @Override
    public int memGetInfo(long[] freeAndTotal) {
        return inContext(context -> {
            freeAndTotal[0] = context.device().freeBytes();
            freeAndTotal[1] = context.device().totalBytes();
            return context.error();
        });
    }

    // modules and functions

    @Override
    public long moduleLoadDataEx(long image, int[] options, long values) {
        Context context = current.get(Thread.currentThread());
        if (context == null) {
            return -Cu.INVALID_CONTEXT;
        }
        if (context.error() != 0) {
            return -context.error();
        }
        try {
            LoadedModule code = context.device().load(HostMemory.text(image));
            GpuModel model = context.model();
            if (code.architecture() > 10 * model.major() + model.minor()) {
                code.unload();
                return -Cu.NO_BINARY_FOR_GPU;
            }
            return handles.put(new Module(context, code));
        } catch (PtxException unknown) {
            tell(options, values, Objects.toString(unknown.getMessage(), ""));
            return -Cu.INVALID_PTX;
        }
    }

    private static void tell(int[] options, long values, String error) {
        long log = 0;
        long room = 0;
        for (int i = 0; i < options.length; i++) {
            if (options[i] == Cu.JIT_ERROR_LOG_BUFFER) {
                log = HostMemory.pointer(values, i);
            } else if (options[i] == Cu.JIT_ERROR_LOG_BUFFER_SIZE_BYTES) {
                room = HostMemory.pointer(values, i);
            }
        }
        if (log != 0 && room > 0) {
            HostMemory.putText(log, (int) room, error);
        }
    }

    @Override
    public int moduleUnload(long module) {
        Module gone = handles.remove(module, Module.class);
        if (gone == null) {
            return Cu.INVALID_VALUE;
        }
        gone.code.unload();
        return Cu.SUCCESS;
    }

    @Override
    public long moduleGetFunction(long module, String name) {
        Module code = handles.find(module, Module.class);
        Kernel kernel = code == null ? null : code.code.find(name);
        return code == null || kernel == null ? -Cu.NOT_FOUND : handles.put(new Function(code.context, kernel));
    }

    @Override
    public int funcGetAttribute(int attribute, long function) {
        Function code = handles.find(function, Function.class);
        if (code == null) {
            return -Cu.INVALID_VALUE;
        }
        return switch (attribute) {
            case Cu.FUNCTION_MAX_THREADS_PER_BLOCK -> code.kernel.mostThreads();
            case Cu.FUNCTION_SHARED_SIZE_BYTES -> code.kernel.sharedBytes();
            case Cu.FUNCTION_LOCAL_SIZE_BYTES -> code.kernel.localBytes();
            case Cu.FUNCTION_NUM_REGS -> 32;
            case Cu.FUNCTION_MAX_DYNAMIC_SHARED_SIZE_BYTES -> code.kernel.dynamicLimit();
            default -> -Cu.INVALID_VALUE;
        };
    }

    @Override
    public int funcSetAttribute(long function, int attribute, int value) {
        Function code = handles.find(function, Function.class);
        if (code == null
                || attribute != Cu.FUNCTION_MAX_DYNAMIC_SHARED_SIZE_BYTES
                || value < 0
                || value + code.kernel.sharedBytes() > code.context.model().sharedLimit()) {
            return Cu.INVALID_VALUE;
        }
        code.kernel.allowDynamic(value);
        return Cu.SUCCESS;
    }

    // memory

    @Override
    public long memAlloc(long bytes) {
        Context context = current.get(Thread.currentThread());
        if (context == null) {
            return -Cu.INVALID_CONTEXT;
        }
        if (context.error() != 0 || bytes <= 0) {
            return -(bytes <= 0 ? Cu.INVALID_VALUE : context.error());
        }
        return context.device().allocate(bytes).orElse(-Cu.OUT_OF_MEMORY);
    }

    @Override
    public int memFree(long memory) {
        return inContext(context -> {
            boolean freed = context.device().free(memory);
            return context.error() != 0 ? context.error() : freed ? Cu.SUCCESS : Cu.INVALID_VALUE;
        });
    }

    @Override
    public long memHostAlloc(long bytes, int flags) {
        return current.get(Thread.currentThread()) == null ? -Cu.INVALID_CONTEXT : host.allocate(bytes);
    }

    @Override
    public int memFreeHost(long address) {
        return host.free(address) ? Cu.SUCCESS : Cu.INVALID_VALUE;
    }

    private int enqueue(long stream, Runnable work) {
        SimulatedStream order = handles.find(stream, SimulatedStream.class);
        return order == null ? Cu.INVALID_VALUE : order.enqueue(work);
    }

    /** Copies from and to memory that is not pinned do not outlast the call. */
    private int enqueueCopy(long stream, long address, long bytes, Runnable work) {
        SimulatedStream order = handles.find(stream, SimulatedStream.class);
        if (order == null) {
            return Cu.INVALID_VALUE;
        }
        order.enqueue(work);
        return host.isPinned(address, bytes) || order.capturing()
                ? order.context().error()
                : order.finish();
    }

    @Override
    public int memcpyHtoDAsync(long to, long from, long bytes, long stream) {
        return inContext(context ->
                enqueueCopy(stream, from, bytes, () -> context.device().write(to, HostMemory.at(from, bytes))));
    }

    @Override
    public int memcpyDtoHAsync(long to, long from, long bytes, long stream) {
        return inContext(context ->
                enqueueCopy(stream, to, bytes, () -> context.device().read(HostMemory.at(to, bytes), from)));
    }

    @Override
    public int memcpyDtoDAsync(long to, long from, long bytes, long stream) {
        return inContext(context -> enqueue(stream, () -> context.device().copy(to, from, bytes)));
    }

    @Override
    public int memsetD8Async(long to, byte value, long bytes, long stream) {
        return inContext(context -> enqueue(stream, () -> context.device().fill(to, value, bytes)));
    }

    // order

    @Override
    public long streamCreate(int flags) {
        Context context = current.get(Thread.currentThread());
        return context == null ? -Cu.INVALID_CONTEXT : handles.put(new SimulatedStream(context));
    }

    @Override
    public int streamDestroy(long stream) {
        SimulatedStream gone = handles.remove(stream, SimulatedStream.class);
        return gone == null ? Cu.INVALID_VALUE : gone.finish();
    }

    @Override
    public int streamSynchronize(long stream) {
        SimulatedStream order = handles.find(stream, SimulatedStream.class);
        return order == null || order.capturing() ? Cu.INVALID_VALUE : order.finish();
    }

    @Override
    public int streamBeginCapture(long stream, int mode) {
        SimulatedStream order = handles.find(stream, SimulatedStream.class);
        return order == null ? Cu.INVALID_VALUE : order.beginCapture();
    }

    @Override
    public long streamEndCapture(long stream) {
        SimulatedStream order = handles.find(stream, SimulatedStream.class);
        List<Runnable> work = order == null ? null : order.endCapture();
        return work == null ? -Cu.INVALID_VALUE : handles.put(new Graph(List.copyOf(work)));
    }

    @Override
    public long graphInstantiate(long graph, long flags) {
        Graph recorded = handles.find(graph, Graph.class);
        return recorded == null ? -Cu.INVALID_VALUE : handles.put(new Executable(recorded.work));
    }

    @Override
    public int graphDestroy(long graph) {
        return handles.remove(graph, Graph.class) == null ? Cu.INVALID_VALUE : Cu.SUCCESS;
    }

    @Override
    public int graphUpload(long executable, long stream) {
        return handles.find(executable, Executable.class) == null ? Cu.INVALID_VALUE : Cu.SUCCESS;
    }

    @Override
    public int graphLaunch(long executable, long stream) {
        Executable ready = handles.find(executable, Executable.class);
        return ready == null ? Cu.INVALID_VALUE : enqueue(stream, () -> ready.work.forEach(Runnable::run));
    }

    @Override
    public int graphExecDestroy(long executable) {
        return handles.remove(executable, Executable.class) == null ? Cu.INVALID_VALUE : Cu.SUCCESS;
    }

    @Override
    public long eventCreate(int flags) {
        return current.get(Thread.currentThread()) == null ? -Cu.INVALID_CONTEXT : handles.put(new SimulatedEvent());
    }

    @Override
    public int eventDestroy(long event) {
        return handles.remove(event, SimulatedEvent.class) == null ? Cu.INVALID_VALUE : Cu.SUCCESS;
    }

    @Override
    public int eventRecord(long event, long stream) {
        SimulatedEvent point = handles.find(event, SimulatedEvent.class);
        SimulatedStream order = handles.find(stream, SimulatedStream.class);
        if (point == null || order == null) {
            return Cu.INVALID_VALUE;
        }
        point.recordedIn(order);
        return order.enqueue(point::pass);
    }

    @Override
    public int eventQuery(long event) {
        return eventSynchronize(event);
    }

    @Override
    public int eventSynchronize(long event) {
        SimulatedEvent point = handles.find(event, SimulatedEvent.class);
        return point == null ? Cu.INVALID_VALUE : point.finish();
    }

    @Override
    public long eventElapsedNanos(long from, long to) {
        SimulatedEvent first = handles.find(from, SimulatedEvent.class);
        SimulatedEvent second = handles.find(to, SimulatedEvent.class);
        return first == null || second == null ? -Cu.INVALID_VALUE : second.nanos() - first.nanos();
    }

    @Override
    public int launchKernel(
            long function,
            int gridX,
            int gridY,
            int gridZ,
            int blockX,
            int blockY,
            int blockZ,
            int sharedBytes,
            long stream,
            long parameters) {
        Function code = handles.find(function, Function.class);
        if (code == null) {
            return Cu.INVALID_VALUE;
        }
        List<byte[]> values = new ArrayList<>();
        for (int size : code.kernel.parameterSizes()) {
            values.add(HostMemory.bytes(HostMemory.pointer(parameters, values.size()), size));
        }
        byte[] packed = code.kernel.parameters(values);
        Size blocks = new Size(gridX, gridY, gridZ);
        Size threads = new Size(blockX, blockY, blockZ);
        return enqueue(stream, () -> code.context.device().launch(code.kernel, blocks, threads, sharedBytes, packed));
    }

    // errors

    @Override
    public String getErrorName(int code) {
        return switch (code) {
            case Cu.SUCCESS -> "CUDA_SUCCESS";
            case Cu.INVALID_VALUE -> "CUDA_ERROR_INVALID_VALUE";
            case Cu.OUT_OF_MEMORY -> "CUDA_ERROR_OUT_OF_MEMORY";
            case Cu.NO_DEVICE -> "CUDA_ERROR_NO_DEVICE";
            case Cu.INVALID_CONTEXT -> "CUDA_ERROR_INVALID_CONTEXT";
            case Cu.NO_BINARY_FOR_GPU -> "CUDA_ERROR_NO_BINARY_FOR_GPU";
            case Cu.INVALID_PTX -> "CUDA_ERROR_INVALID_PTX";
            case Cu.NOT_FOUND -> "CUDA_ERROR_NOT_FOUND";
            case Cu.ILLEGAL_ADDRESS -> "CUDA_ERROR_ILLEGAL_ADDRESS";
            case Cu.LAUNCH_TIMEOUT -> "CUDA_ERROR_LAUNCH_TIMEOUT";
            case Cu.ILLEGAL_INSTRUCTION -> "CUDA_ERROR_ILLEGAL_INSTRUCTION";
            case Cu.MISALIGNED_ADDRESS -> "CUDA_ERROR_MISALIGNED_ADDRESS";
            default -> "";
        };
    }

    /** With the sins of all devices that failed so. */
    @Override
    public String getErrorString(int code) {
        String sins = contexts.stream()
                .filter(context -> context.error() == code)
                .map(context -> String.valueOf(context.fault()))
                .collect(Collectors.joining("; "));
        return sins.isEmpty() ? getErrorName(code).toLowerCase(Locale.ROOT) : sins;
    }
}
