package dev.javelin.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import com.sun.management.ThreadMXBean;
import dev.javelin.cuda.driver.Cu;
import dev.javelin.cuda.driver.Cuda;
import dev.javelin.cuda.driver.Jcuda;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Calls every function of the binding, with the fake library behind it, and says what comes of it, for {@link BindingTest}. */
final class BindingInAnotherJvm {
    private static final int THREADS = 32;
    private static final int RUNS = 5000;
    private static final int MOST_ROUNDS = 30;

    private final Arena arena = Arena.global();
    private final Cuda cuda = Jcuda.load();

    private BindingInAnotherJvm() {}

    /** Some lines. */
    public static void main(String[] arguments) {
        BindingInAnotherJvm binding = new BindingInAnotherJvm();
        binding.device();
        binding.work();
    }

    private static void say(String what, Object... numbers) {
        System.out.println(what + " " + Arrays.toString(numbers));
    }

    private void device() {
        say(cuda.binding(), cuda.init(), cuda.driverGetVersion(), cuda.deviceGetCount());
        say(cuda.deviceGetName(0), cuda.deviceTotalMem(0), cuda.deviceGetPciBusId(0));
        say("uuid", cuda.deviceGetUuid(0).length, cuda.deviceGetUuid(0)[15]);
        say("attribute", cuda.deviceGetAttribute(Cu.ATTRIBUTE_WARP_SIZE, 0), cuda.deviceGetAttribute(1, 7));
        say(cuda.getErrorName(2), cuda.getErrorString(2), cuda.getErrorName(12345));
    }

    @SuppressWarnings("restricted") // the driver says where its memory lies
    private void work() {
        long[] freeAndTotal = new long[2];
        say("without context", cuda.memGetInfo(freeAndTotal));
        long context = cuda.devicePrimaryCtxRetain(0);
        say("context", cuda.contextSetCurrent(context), cuda.memGetInfo(freeAndTotal), freeAndTotal[0] >> 20);
        long stream = cuda.streamCreate(Cu.STREAM_NON_BLOCKING);
        say("bad module", load("nonsense"));
        long module = load(".version 8.0");
        say("no function", cuda.moduleGetFunction(module, "subtract"));
        long function = cuda.moduleGetFunction(module, "add");
        say(
                "function",
                cuda.funcGetAttribute(Cu.FUNCTION_NUM_REGS, function),
                cuda.funcSetAttribute(function, Cu.FUNCTION_MAX_DYNAMIC_SHARED_SIZE_BYTES, 100_000));
        say("too much", cuda.memAlloc(1L << 40));
        long memory = cuda.memAlloc(THREADS * 4L);
        long other = cuda.memAlloc(THREADS * 4L);
        long host = cuda.memHostAlloc(THREADS * 4L, 0);
        MemorySegment numbers = MemorySegment.ofAddress(host).reinterpret(THREADS * 4L);
        for (int i = 0; i < THREADS; i++) {
            numbers.setAtIndex(JAVA_INT, i, i);
        }
        say("to", cuda.memcpyHtoDAsync(memory, host, THREADS * 4L, stream));
        long parameters = parameters(memory, 1000);
        say("launch", launch(function, stream, parameters));
        say("copy", cuda.memcpyDtoDAsync(other, memory, THREADS * 4L, stream));
        say("zero", cuda.memsetD8Async(memory, (byte) 0, 8, stream));
        long graph = capture(function, stream, parameters(other, 7));
        say("replay", cuda.graphLaunch(graph, stream), cuda.graphLaunch(graph, stream));
        say("back", cuda.memcpyDtoHAsync(host, other, THREADS * 4L, stream), cuda.streamSynchronize(stream));
        say("numbers", numbers.getAtIndex(JAVA_INT, 0), numbers.getAtIndex(JAVA_INT, 31));
        cuda.memcpyDtoHAsync(host, memory, THREADS * 4L, stream);
        say("numbers", numbers.getAtIndex(JAVA_INT, 1), numbers.getAtIndex(JAVA_INT, 2));
        long event = cuda.eventCreate(0);
        say("event", cuda.eventRecord(event, stream), cuda.eventQuery(event), cuda.eventSynchronize(event));
        say("nanos", cuda.eventElapsedNanos(event, event));
        say("garbage", garbage(function, stream, parameters, graph, event));
        say("end", cuda.eventDestroy(event), cuda.graphExecDestroy(graph), cuda.memFree(memory), cuda.memFree(other));
        say("end", cuda.memFreeHost(host), cuda.moduleUnload(module), cuda.streamDestroy(stream));
        say("end", cuda.contextSetCurrent(0), cuda.devicePrimaryCtxRelease(0));
    }

    private long load(String text) {
        MemorySegment log = arena.allocate(100);
        MemorySegment values = arena.allocate(JAVA_LONG, 2);
        values.setAtIndex(JAVA_LONG, 0, log.address());
        values.setAtIndex(JAVA_LONG, 1, 100);
        int[] options = {Cu.JIT_ERROR_LOG_BUFFER, Cu.JIT_ERROR_LOG_BUFFER_SIZE_BYTES};
        long module = cuda.moduleLoadDataEx(arena.allocateFrom(text).address(), options, values.address());
        if (module < 0) {
            say(log.getString(0));
        }
        return module;
    }

    private long parameters(long memory, int number) {
        MemorySegment values = arena.allocate(JAVA_LONG, 2);
        values.setAtIndex(JAVA_LONG, 0, memory);
        values.setAtIndex(JAVA_INT, 2, number);
        MemorySegment table = arena.allocate(JAVA_LONG, 2);
        table.setAtIndex(JAVA_LONG, 0, values.address());
        table.setAtIndex(JAVA_LONG, 1, values.address() + 8);
        return table.address();
    }

    private int launch(long function, long stream, long parameters) {
        return cuda.launchKernel(function, 2, 1, 1, THREADS / 2, 1, 1, 0, stream, parameters);
    }

    private long capture(long function, long stream, long parameters) {
        say("capture", cuda.streamBeginCapture(stream, Cu.STREAM_CAPTURE_MODE_THREAD_LOCAL));
        say("launch", launch(function, stream, parameters));
        long graph = cuda.streamEndCapture(stream);
        long executable = cuda.graphInstantiate(graph, 0);
        say("graph", cuda.graphDestroy(graph), cuda.graphUpload(executable, stream));
        return executable;
    }

    /** Bytes left by many calls, once the JIT has ended. */
    private long garbage(long function, long stream, long parameters, long graph, long event) {
        ThreadMXBean allocations = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long left = Long.MAX_VALUE;
        for (int round = 0; round < MOST_ROUNDS && left > 1024; round++) {
            long before = allocations.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < RUNS; i++) {
                launch(function, stream, parameters);
                cuda.graphLaunch(graph, stream);
                cuda.eventRecord(event, stream);
                cuda.eventQuery(event);
                cuda.eventSynchronize(event);
            }
            left = allocations.getCurrentThreadAllocatedBytes() - before;
        }
        return left / 1024;
    }
}
