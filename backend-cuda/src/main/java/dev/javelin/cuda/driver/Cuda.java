package dev.javelin.cuda.driver;

/**
 * The functions of NVIDIA's driver that the CUDA backend calls, named as there without their {@code cu}. A binding puts them
 * into words of a library that reaches them; none of its types are seen here.
 *
 * <p>Handles and addresses are the driver's own. What makes or answers something returns it, or the error {@linkplain
 * Cu#SUCCESS negated}: the driver's errors are positive, and so are its handles. The others return 0 or the error as it is.
 * Memory is named by address: that of the device by numbers that mean something to the driver alone, that of the host by where
 * it lies. Only those that make or look up something may leave garbage behind. May be called from any thread; the context is
 * that of the calling thread, as {@link #contextSetCurrent} left it.
 */
public interface Cuda {

    /** What reaches the driver, for people. */
    String binding();

    // driver and devices; these need no context

    /** {@code cuInit(0)}: before all but {@link #driverGetVersion}, {@link #getErrorName} and {@link #getErrorString}. */
    int init();

    /** The CUDA that the driver knows, 1000 times its major and 10 times its minor number, or an error negated. */
    int driverGetVersion();

    /** How many devices there are, or an error negated. Device numbers go from 0 on. */
    int deviceGetCount();

    /** A number of a device, or an error negated. */
    int deviceGetAttribute(int attribute, int device);

    /** Empty if there is none. */
    String deviceGetName(int device);

    /** 16 bytes, or none. */
    byte[] deviceGetUuid(int device);

    /** As {@code 0000:01:00.0}; empty if there is none. */
    String deviceGetPciBusId(int device);

    /** Bytes of its memory, or an error negated. */
    long deviceTotalMem(int device);

    // contexts

    /** The device's one context that all in the process share; made by the first who asks. */
    long devicePrimaryCtxRetain(int device);

    /** For each time it was retained; the last ends it. */
    int devicePrimaryCtxRelease(int device);

    /** Makes a context that of the calling thread of the system. */
    int contextSetCurrent(long context);

    /** Bytes of the current context's device, free and total. */
    int memGetInfo(long[] freeAndTotal);

    // modules and functions, in the current context

    /**
     * Compiles PTX, or loads what was compiled.
     *
     * @param image address of the text, which ends with a zero
     * @param options numbers of {@code CUjit_option}
     * @param values address of one {@code void*} for each option: the value itself, or where it lies
     */
    long moduleLoadDataEx(long image, int[] options, long values);

    int moduleUnload(long module);

    long moduleGetFunction(long module, String name);

    /** A number of a function, or an error negated. */
    int funcGetAttribute(int attribute, long function);

    int funcSetAttribute(long function, int attribute, int value);

    // memory

    long memAlloc(long bytes);

    int memFree(long memory);

    /** Address of pinned host memory that holds anything. */
    long memHostAlloc(long bytes, int flags);

    int memFreeHost(long host);

    int memcpyHtoDAsync(long to, long host, long bytes, long stream);

    int memcpyDtoHAsync(long host, long from, long bytes, long stream);

    int memcpyDtoDAsync(long to, long from, long bytes, long stream);

    int memsetD8Async(long to, byte value, long bytes, long stream);

    // order

    long streamCreate(int flags);

    int streamDestroy(long stream);

    int streamSynchronize(long stream);

    int streamBeginCapture(long stream, int mode);

    /** The graph, or an error negated; the capture has ended in both cases. */
    long streamEndCapture(long stream);

    /** What can be launched. The graph may be destroyed then. */
    long graphInstantiate(long graph, long flags);

    int graphDestroy(long graph);

    int graphUpload(long executable, long stream);

    int graphLaunch(long executable, long stream);

    int graphExecDestroy(long executable);

    long eventCreate(int flags);

    int eventDestroy(long event);

    int eventRecord(long event, long stream);

    /** 0 once it has come to pass, {@link Cu#NOT_READY} before, another error if what came before failed. */
    int eventQuery(long event);

    int eventSynchronize(long event);

    /** Nanoseconds, to half a microsecond, or an error negated. */
    long eventElapsedNanos(long from, long to);

    /**
     * Launches blocks of threads.
     *
     * @param sharedBytes dynamic shared memory of each block
     * @param parameters address of one {@code void*} for each parameter, which says where its value lies; read before this
     *     returns
     */
    int launchKernel(
            long function,
            int gridX,
            int gridY,
            int gridZ,
            int blockX,
            int blockY,
            int blockZ,
            int sharedBytes,
            long stream,
            long parameters);

    // errors

    /** Such as {@code CUDA_ERROR_OUT_OF_MEMORY}; empty for what the driver does not know. */
    String getErrorName(int code);

    /** Such as {@code out of memory}; empty for what the driver does not know. */
    String getErrorString(int code);
}
