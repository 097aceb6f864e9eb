package dev.javelin.cuda.driver;

import java.util.List;

/**
 * The names under which the driver's library has the functions that {@link Cuda} calls through JCuda. They are looked up when
 * they are first called, and one that is missing ends the JVM: so they are looked for before.
 */
public final class Symbols {

    /** What the version is asked with. */
    public static final List<String> FIRST = List.of("cuDriverGetVersion");

    /** All. */
    public static final List<String> ALL = List.of(
            "cuDriverGetVersion",
            "cuInit",
            "cuDeviceGet",
            "cuDeviceGetCount",
            "cuDeviceGetAttribute",
            "cuDeviceGetName",
            "cuDeviceGetUuid",
            "cuDeviceGetPCIBusId",
            "cuDeviceTotalMem_v2",
            "cuDevicePrimaryCtxRetain",
            "cuDevicePrimaryCtxRelease_v2",
            "cuCtxSetCurrent",
            "cuMemGetInfo_v2",
            "cuModuleLoadDataEx",
            "cuModuleUnload",
            "cuModuleGetFunction",
            "cuFuncGetAttribute",
            "cuFuncSetAttribute",
            "cuMemAlloc_v2",
            "cuMemFree_v2",
            "cuMemHostAlloc",
            "cuMemFreeHost",
            "cuMemcpyHtoDAsync_v2",
            "cuMemcpyDtoHAsync_v2",
            "cuMemcpyDtoDAsync_v2",
            "cuMemsetD8Async",
            "cuStreamCreate",
            "cuStreamDestroy_v2",
            "cuStreamSynchronize",
            "cuStreamBeginCapture_v2",
            "cuStreamEndCapture",
            "cuGraphInstantiateWithFlags",
            "cuGraphDestroy",
            "cuGraphUpload",
            "cuGraphLaunch",
            "cuGraphExecDestroy",
            "cuEventCreate",
            "cuEventDestroy_v2",
            "cuEventRecord",
            "cuEventQuery",
            "cuEventSynchronize",
            "cuEventElapsedTime",
            "cuLaunchKernel",
            "cuGetErrorName",
            "cuGetErrorString");

    private Symbols() {}
}
