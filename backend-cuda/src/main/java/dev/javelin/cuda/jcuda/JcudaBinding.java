package dev.javelin.cuda.jcuda;

import dev.javelin.cuda.driver.Cu;
import dev.javelin.cuda.driver.Cuda;
import java.nio.charset.StandardCharsets;
import jcuda.LogLevel;
import jcuda.NativePointerObject;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.CUevent;
import jcuda.driver.CUfunction;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream;
import jcuda.driver.CUuuid;
import jcuda.driver.JCudaDriver;

/**
 * The driver through JCuda. Loading this class loads JCuda's library, and that the driver's: look for it first. JCuda wants an
 * object for each handle; ours hold whatever handle the call is about.
 */
public final class JcudaBinding implements Cuda {
    private static final int NAME_BYTES = 256;
    private static final int NO_DEVICE = -2;

    private final ThreadLocal<Words> words = ThreadLocal.withInitial(Words::new);

    /**
     * Loads the libraries.
     *
     * @param library JCuda's; if it cannot be loaded, JCuda is not even asked, for it would look elsewhere
     */
    @SuppressWarnings("restricted") // this is what the loader of this class is for
    public JcudaBinding(String library) {
        System.load(library);
        JCudaDriver.setLogLevel(LogLevel.LOG_QUIET);
    }

    @Override
    public String binding() {
        return "jcuda";
    }

    private static long made(int code, NativePointerObject object) {
        return code == Cu.SUCCESS ? Raw.get(object) : -code;
    }

    private static int answer(int code, int[] answer) {
        return code == Cu.SUCCESS ? answer[0] : -code;
    }

    private CUstream stream(long stream) {
        return Raw.set(words.get().stream, stream);
    }

    // driver and devices

    @Override
    public int init() {
        return JCudaDriver.cuInit(0);
    }

    @Override
    public int driverGetVersion() {
        int[] version = new int[1];
        return answer(JCudaDriver.cuDriverGetVersion(version), version);
    }

    @Override
    public int deviceGetCount() {
        int[] count = new int[1];
        return answer(JCudaDriver.cuDeviceGetCount(count), count);
    }

    /** If there is none of that number, the call that gets this fails. */
    private static CUdevice device(int number) {
        CUdevice device = new CUdevice();
        return JCudaDriver.cuDeviceGet(device, number) == Cu.SUCCESS ? device : Raw.set(device, NO_DEVICE);
    }

    @Override
    public int deviceGetAttribute(int attribute, int device) {
        int[] value = new int[1];
        return answer(JCudaDriver.cuDeviceGetAttribute(value, attribute, device(device)), value);
    }

    @Override
    public String deviceGetName(int device) {
        byte[] name = new byte[NAME_BYTES];
        if (JCudaDriver.cuDeviceGetName(name, name.length, device(device)) != Cu.SUCCESS) {
            return "";
        }
        int end = 0;
        while (end < name.length && name[end] != 0) {
            end++;
        }
        return new String(name, 0, end, StandardCharsets.UTF_8).strip();
    }

    @Override
    public byte[] deviceGetUuid(int device) {
        CUuuid uuid = new CUuuid();
        return JCudaDriver.cuDeviceGetUuid(uuid, device(device)) == Cu.SUCCESS ? uuid.bytes : new byte[0];
    }

    @Override
    public String deviceGetPciBusId(int device) {
        String[] id = {""};
        return JCudaDriver.cuDeviceGetPCIBusId(id, NAME_BYTES, device(device)) == Cu.SUCCESS ? id[0] : "";
    }

    @Override
    public long deviceTotalMem(int device) {
        long[] bytes = new long[1];
        int code = JCudaDriver.cuDeviceTotalMem(bytes, device(device));
        return code == Cu.SUCCESS ? bytes[0] : -code;
    }

    // contexts

    @Override
    public long devicePrimaryCtxRetain(int device) {
        CUcontext context = new CUcontext();
        return made(JCudaDriver.cuDevicePrimaryCtxRetain(context, device(device)), context);
    }

    @Override
    public int devicePrimaryCtxRelease(int device) {
        return JCudaDriver.cuDevicePrimaryCtxRelease(device(device));
    }

    @Override
    public int contextSetCurrent(long context) {
        return JCudaDriver.cuCtxSetCurrent(Raw.set(words.get().context, context));
    }

    @Override
    public int memGetInfo(long[] freeAndTotal) {
        long[] total = new long[1];
        int code = JCudaDriver.cuMemGetInfo(freeAndTotal, total);
        freeAndTotal[1] = total[0];
        return code;
    }

    // modules and functions

    @Override
    public long moduleLoadDataEx(long image, int[] options, long values) {
        CUmodule module = new CUmodule();
        int code = JCudaDriver.cuModuleLoadDataEx(
                module, Raw.set(new Pointer(), image), options.length, options.clone(), Raw.set(new Pointer(), values));
        return made(code, module);
    }

    @Override
    public int moduleUnload(long module) {
        return JCudaDriver.cuModuleUnload(Raw.set(new CUmodule(), module));
    }

    @Override
    public long moduleGetFunction(long module, String name) {
        CUfunction function = new CUfunction();
        return made(JCudaDriver.cuModuleGetFunction(function, Raw.set(new CUmodule(), module), name), function);
    }

    @Override
    public int funcGetAttribute(int attribute, long function) {
        int[] value = new int[1];
        return answer(JCudaDriver.cuFuncGetAttribute(value, attribute, Raw.set(new CUfunction(), function)), value);
    }

    @Override
    public int funcSetAttribute(long function, int attribute, int value) {
        return JCudaDriver.cuFuncSetAttribute(Raw.set(new CUfunction(), function), attribute, value);
    }

    // memory

    @Override
    public long memAlloc(long bytes) {
        CUdeviceptr memory = new CUdeviceptr();
        return made(JCudaDriver.cuMemAlloc(memory, bytes), memory);
    }

    @Override
    public int memFree(long memory) {
        return JCudaDriver.cuMemFree(Raw.set(new CUdeviceptr(), memory));
    }

    @Override
    public long memHostAlloc(long bytes, int flags) {
        Pointer host = new Pointer();
        return made(JCudaDriver.cuMemHostAlloc(host, bytes, flags), host);
    }

    @Override
    public int memFreeHost(long host) {
        return JCudaDriver.cuMemFreeHost(Raw.set(new Pointer(), host));
    }

    @Override
    public int memcpyHtoDAsync(long to, long host, long bytes, long stream) {
        Words all = words.get();
        return JCudaDriver.cuMemcpyHtoDAsync(
                Raw.set(all.to, to), Raw.set(all.host, host), bytes, Raw.set(all.stream, stream));
    }

    @Override
    public int memcpyDtoHAsync(long host, long from, long bytes, long stream) {
        Words all = words.get();
        return JCudaDriver.cuMemcpyDtoHAsync(
                Raw.set(all.host, host), Raw.set(all.from, from), bytes, Raw.set(all.stream, stream));
    }

    @Override
    public int memcpyDtoDAsync(long to, long from, long bytes, long stream) {
        Words all = words.get();
        return JCudaDriver.cuMemcpyDtoDAsync(
                Raw.set(all.to, to), Raw.set(all.from, from), bytes, Raw.set(all.stream, stream));
    }

    @Override
    public int memsetD8Async(long to, byte value, long bytes, long stream) {
        Words all = words.get();
        return JCudaDriver.cuMemsetD8Async(Raw.set(all.to, to), value, bytes, Raw.set(all.stream, stream));
    }

    // order

    @Override
    public long streamCreate(int flags) {
        CUstream stream = new CUstream();
        return made(JCudaDriver.cuStreamCreate(stream, flags), stream);
    }

    @Override
    public int streamDestroy(long stream) {
        return JCudaDriver.cuStreamDestroy(stream(stream));
    }

    @Override
    public int streamSynchronize(long stream) {
        return JCudaDriver.cuStreamSynchronize(stream(stream));
    }

    @Override
    public int streamBeginCapture(long stream, int mode) {
        return JCudaDriver.cuStreamBeginCapture(stream(stream), mode);
    }

    @Override
    public long streamEndCapture(long stream) {
        CUgraph graph = new CUgraph();
        return made(JCudaDriver.cuStreamEndCapture(stream(stream), graph), graph);
    }

    @Override
    public long graphInstantiate(long graph, long flags) {
        CUgraphExec executable = new CUgraphExec();
        return made(JCudaDriver.cuGraphInstantiate(executable, Raw.set(new CUgraph(), graph), flags), executable);
    }

    @Override
    public int graphDestroy(long graph) {
        return JCudaDriver.cuGraphDestroy(Raw.set(new CUgraph(), graph));
    }

    @Override
    public int graphUpload(long executable, long stream) {
        return JCudaDriver.cuGraphUpload(Raw.set(new CUgraphExec(), executable), stream(stream));
    }

    @Override
    public int graphLaunch(long executable, long stream) {
        Words all = words.get();
        return JCudaDriver.cuGraphLaunch(Raw.set(all.executable, executable), Raw.set(all.stream, stream));
    }

    @Override
    public int graphExecDestroy(long executable) {
        return JCudaDriver.cuGraphExecDestroy(Raw.set(new CUgraphExec(), executable));
    }

    @Override
    public long eventCreate(int flags) {
        CUevent event = new CUevent();
        return made(JCudaDriver.cuEventCreate(event, flags), event);
    }

    @Override
    public int eventDestroy(long event) {
        return JCudaDriver.cuEventDestroy(Raw.set(words.get().event, event));
    }

    @Override
    public int eventRecord(long event, long stream) {
        Words all = words.get();
        return JCudaDriver.cuEventRecord(Raw.set(all.event, event), Raw.set(all.stream, stream));
    }

    @Override
    public int eventQuery(long event) {
        return JCudaDriver.cuEventQuery(Raw.set(words.get().event, event));
    }

    @Override
    public int eventSynchronize(long event) {
        return JCudaDriver.cuEventSynchronize(Raw.set(words.get().event, event));
    }

    @Override
    public long eventElapsedNanos(long from, long to) {
        Words all = words.get();
        int code = JCudaDriver.cuEventElapsedTime(all.milliseconds, Raw.set(all.event, from), Raw.set(all.later, to));
        return code == Cu.SUCCESS ? (long) (all.milliseconds[0] * 1e6) : -code;
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
        Words all = words.get();
        return JCudaDriver.cuLaunchKernel(
                Raw.set(all.function, function),
                gridX,
                gridY,
                gridZ,
                blockX,
                blockY,
                blockZ,
                sharedBytes,
                Raw.set(all.stream, stream),
                Raw.set(all.parameters, parameters),
                null);
    }

    // errors

    @Override
    public String getErrorName(int code) {
        String[] name = {""};
        return JCudaDriver.cuGetErrorName(code, name) == Cu.SUCCESS && name[0] != null ? name[0] : "";
    }

    @Override
    public String getErrorString(int code) {
        String[] text = {""};
        return JCudaDriver.cuGetErrorString(code, text) == Cu.SUCCESS && text[0] != null ? text[0] : "";
    }
}
