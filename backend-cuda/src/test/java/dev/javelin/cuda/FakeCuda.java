package dev.javelin.cuda;

import dev.javelin.cuda.driver.Cu;
import dev.javelin.cuda.driver.Cuda;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A driver with several devices in host memory whose kernels do nothing. It counts what is open and what is asked for, and fails
 * where it is told to. Leaves no garbage behind where a driver would not.
 */
final class FakeCuda implements Cuda {
    static final int UNKNOWN_HANDLE = Cu.INVALID_VALUE;
    private static final int CAPTURE_UNSUPPORTED = 900;
    private static final long FREE = 8L << 30;
    private static final long CONTEXT = 0x1000;
    private static final long FIRST_HANDLE = 0x10000;
    private static final MemorySegment ALL = all();

    /** One device's context. */
    private static final class Context {
        int retained;
        int sticky;
        int open;
    }

    /** A piece of memory, and the device whose it is. */
    private record Piece(Arena arena, Context owner) {}

    private final Context[] contexts;
    private final ThreadLocal<long[]> current = ThreadLocal.withInitial(() -> new long[1]);
    private final Map<Long, Piece> memory = new ConcurrentHashMap<>();
    private final Map<Long, Context> handles = new ConcurrentHashMap<>();
    private long nextHandle = FIRST_HANDLE;
    private boolean capturing;
    private @Nullable String failing;
    private int failure;
    private int callsUntil;
    int launches;
    int captured;
    int replays;
    int hostCopies;
    int leaked;
    int sharedAllowed;
    int sharedOfLaunch;

    FakeCuda(int devices) {
        contexts = new Context[devices];
        for (int i = 0; i < devices; i++) {
            contexts[i] = new Context();
        }
    }

    @SuppressWarnings("restricted") // the callers say where their memory lies
    private static MemorySegment all() {
        return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    }

    /** From its so-many-th call on, counted from 1, the function fails once; the others as well if the error is a sticky one. */
    void fail(String function, int call, int code) {
        failing = function;
        callsUntil = call;
        failure = code;
    }

    /** Whether {@link #fail} has come to pass. */
    boolean hasFailed() {
        return failing == null;
    }

    /** What all devices have open together. */
    int open() {
        int sum = 0;
        for (Context context : contexts) {
            sum += context.open;
        }
        return sum;
    }

    private @Nullable Context context() {
        long handle = current.get()[0];
        return handle == 0 ? null : contexts[(int) (handle / CONTEXT) - 1];
    }

    private Context owner() {
        Context context = context();
        if (context == null) {
            throw new IllegalStateException("no context");
        }
        return context;
    }

    /** The error to answer with, of a function that needs no context. */
    private int planned(String function) {
        if (!function.equals(failing)) {
            return Cu.SUCCESS;
        }
        callsUntil--;
        if (callsUntil > 0) {
            return Cu.SUCCESS;
        }
        failing = null;
        return failure;
    }

    private int code(String function) {
        Context context = context();
        if (context == null || context.retained == 0) {
            return Cu.INVALID_CONTEXT;
        }
        int code = context.sticky != 0 ? context.sticky : planned(function);
        if (code >= Cu.ILLEGAL_ADDRESS) {
            context.sticky = code;
        }
        return code;
    }

    /** Of what cannot be captured. */
    private int immediate(String function) {
        return capturing ? CAPTURE_UNSUPPORTED : code(function);
    }

    private long open(int code) {
        if (code != Cu.SUCCESS) {
            return -code;
        }
        long handle = nextHandle;
        nextHandle += 8;
        handles.put(handle, owner());
        owner().open++;
        return handle;
    }

    private int close(int code, long handle) {
        if (code != Cu.SUCCESS) {
            return code;
        }
        Context owner = handles.remove(handle);
        if (owner == null) {
            return UNKNOWN_HANDLE;
        }
        owner.open--;
        return Cu.SUCCESS;
    }

    private int using(String function, long handle) {
        int code = code(function);
        boolean known = handle >= FIRST_HANDLE && handle < nextHandle;
        return code == Cu.SUCCESS && !known ? UNKNOWN_HANDLE : code;
    }

    @Override
    public String binding() {
        return "fake";
    }

    @Override
    public int init() {
        return planned("init");
    }

    @Override
    public int driverGetVersion() {
        return 12080;
    }

    @Override
    public int deviceGetCount() {
        return contexts.length;
    }

    @Override
    public int deviceGetAttribute(int attribute, int device) {
        return switch (attribute) {
            case Cu.ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR -> 8;
            case Cu.ATTRIBUTE_COMPUTE_CAPABILITY_MINOR -> 6;
            case Cu.ATTRIBUTE_WARP_SIZE -> 32;
            case Cu.ATTRIBUTE_MAX_THREADS_PER_BLOCK -> 1024;
            case Cu.ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN -> 101376;
            case Cu.ATTRIBUTE_MULTIPROCESSOR_COUNT -> 16;
            default -> 0;
        };
    }

    @Override
    public String deviceGetName(int device) {
        return "Fake";
    }

    @Override
    public byte[] deviceGetUuid(int device) {
        return new byte[16];
    }

    @Override
    public String deviceGetPciBusId(int device) {
        return "";
    }

    @Override
    public long deviceTotalMem(int device) {
        return 2 * FREE;
    }

    @Override
    public long devicePrimaryCtxRetain(int device) {
        int code = planned("devicePrimaryCtxRetain");
        if (code != Cu.SUCCESS) {
            return -code;
        }
        contexts[device].retained++;
        return CONTEXT * (device + 1);
    }

    @Override
    public int devicePrimaryCtxRelease(int device) {
        Context context = contexts[device];
        context.retained--;
        if (context.retained == 0) {
            leaked += context.sticky == 0 ? context.open : 0; // what is in a spoilt context cannot be given back
            context.open = 0;
            context.sticky = 0;
            capturing = false;
            handles.values().removeIf(owner -> owner == context);
            memory.values().removeIf(piece -> {
                if (piece.owner() == context) {
                    piece.arena().close();
                }
                return piece.owner() == context;
            });
        }
        return Cu.SUCCESS;
    }

    @Override
    public int contextSetCurrent(long context) {
        int code = planned("contextSetCurrent");
        if (code == Cu.SUCCESS) {
            current.get()[0] = context;
        } else if (code >= Cu.ILLEGAL_ADDRESS && context != 0) {
            contexts[(int) (context / CONTEXT) - 1].sticky = code;
        }
        return code;
    }

    @Override
    public int memGetInfo(long[] freeAndTotal) {
        freeAndTotal[0] = FREE;
        freeAndTotal[1] = 2 * FREE;
        return code("memGetInfo");
    }

    @Override
    public long moduleLoadDataEx(long image, int[] options, long values) {
        boolean isPtx = ALL.getString(image).contains(".version");
        return open(isPtx ? immediate("moduleLoadDataEx") : Cu.INVALID_PTX);
    }

    @Override
    public int moduleUnload(long module) {
        return close(immediate("moduleUnload"), module);
    }

    @Override
    public long moduleGetFunction(long module, String name) {
        int code = using("moduleGetFunction", module);
        return code == Cu.SUCCESS ? module : -code;
    }

    @Override
    public int funcGetAttribute(int attribute, long function) {
        return 0;
    }

    @Override
    public int funcSetAttribute(long function, int attribute, int value) {
        sharedAllowed = attribute == Cu.FUNCTION_MAX_DYNAMIC_SHARED_SIZE_BYTES ? value : sharedAllowed;
        return using("funcSetAttribute", function);
    }

    private long allocate(String function, long bytes, long alignment) {
        int code = immediate(function);
        if (code == Cu.SUCCESS && bytes > FREE) {
            code = Cu.OUT_OF_MEMORY;
        }
        if (code != Cu.SUCCESS) {
            return -code;
        }
        Arena arena = Arena.ofShared();
        long address = arena.allocate(bytes, alignment).address();
        memory.put(address, new Piece(arena, owner()));
        owner().open++;
        return address;
    }

    private int free(String function, long address) {
        int code = immediate(function);
        if (code != Cu.SUCCESS) {
            return code;
        }
        Piece piece = memory.remove(address);
        if (piece == null) {
            return UNKNOWN_HANDLE;
        }
        piece.arena().close();
        piece.owner().open--;
        return Cu.SUCCESS;
    }

    @Override
    public long memAlloc(long bytes) {
        return allocate("memAlloc", bytes, 256);
    }

    @Override
    public int memFree(long address) {
        return free("memFree", address);
    }

    @Override
    public long memHostAlloc(long bytes, int flags) {
        return allocate("memHostAlloc", bytes, 4096);
    }

    @Override
    public int memFreeHost(long host) {
        return free("memFreeHost", host);
    }

    private int copy(int code, long to, long from, long bytes) {
        if (code == Cu.SUCCESS) {
            hostCopies++;
            MemorySegment.copy(ALL, from, ALL, to, bytes);
        }
        return code;
    }

    @Override
    public int memcpyHtoDAsync(long to, long host, long bytes, long stream) {
        return copy(immediate("memcpyHtoDAsync"), to, host, bytes);
    }

    @Override
    public int memcpyDtoHAsync(long host, long from, long bytes, long stream) {
        return copy(immediate("memcpyDtoHAsync"), host, from, bytes);
    }

    @Override
    public int memcpyDtoDAsync(long to, long from, long bytes, long stream) {
        return using("memcpyDtoDAsync", stream);
    }

    @Override
    public int memsetD8Async(long to, byte value, long bytes, long stream) {
        int code = using("memsetD8Async", stream);
        if (code == Cu.SUCCESS) {
            ALL.asSlice(to, bytes).fill(value);
        }
        return code;
    }

    @Override
    public long streamCreate(int flags) {
        return open(immediate("streamCreate"));
    }

    @Override
    public int streamDestroy(long stream) {
        return close(immediate("streamDestroy"), stream);
    }

    @Override
    public int streamSynchronize(long stream) {
        return capturing ? CAPTURE_UNSUPPORTED : using("streamSynchronize", stream);
    }

    @Override
    public int streamBeginCapture(long stream, int mode) {
        int code = using("streamBeginCapture", stream);
        capturing = code == Cu.SUCCESS;
        return code;
    }

    @Override
    public long streamEndCapture(long stream) {
        capturing = false;
        return open(code("streamEndCapture"));
    }

    @Override
    public long graphInstantiate(long graph, long flags) {
        return open(using("graphInstantiate", graph));
    }

    @Override
    public int graphDestroy(long graph) {
        return close(code("graphDestroy"), graph);
    }

    @Override
    public int graphUpload(long executable, long stream) {
        return using("graphUpload", executable);
    }

    @Override
    public int graphLaunch(long executable, long stream) {
        replays++;
        return using("graphLaunch", executable);
    }

    @Override
    public int graphExecDestroy(long executable) {
        return close(code("graphExecDestroy"), executable);
    }

    @Override
    public long eventCreate(int flags) {
        return open(immediate("eventCreate"));
    }

    @Override
    public int eventDestroy(long event) {
        return close(code("eventDestroy"), event);
    }

    @Override
    public int eventRecord(long event, long stream) {
        return capturing ? CAPTURE_UNSUPPORTED : code("eventRecord");
    }

    @Override
    public int eventQuery(long event) {
        return code("eventQuery");
    }

    @Override
    public int eventSynchronize(long event) {
        return code("eventSynchronize");
    }

    @Override
    public long eventElapsedNanos(long from, long to) {
        return 1000;
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
        if (capturing) {
            captured++;
        } else {
            launches++;
        }
        sharedOfLaunch = sharedBytes;
        return code("launchKernel");
    }

    @Override
    public String getErrorName(int code) {
        return code == Cu.ILLEGAL_ADDRESS ? "CUDA_ERROR_ILLEGAL_ADDRESS" : "";
    }

    @Override
    public String getErrorString(int code) {
        return "";
    }
}
