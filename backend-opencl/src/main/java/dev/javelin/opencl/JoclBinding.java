package dev.javelin.opencl;

import static org.jocl.CL.CL_CONTEXT_PLATFORM;
import static org.jocl.CL.CL_EVENT_COMMAND_EXECUTION_STATUS;
import static org.jocl.CL.CL_PROFILING_COMMAND_END;
import static org.jocl.CL.CL_PROGRAM_BINARIES;
import static org.jocl.CL.CL_PROGRAM_BINARY_SIZES;
import static org.jocl.CL.CL_PROGRAM_BUILD_LOG;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_buffer_region;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_platform_id;
import org.jocl.cl_program;
import org.jspecify.annotations.Nullable;

/**
 * OpenCL through JOCL. Its objects are kept behind handles, and those that calls fill are used again and again. Loading this class
 * loads JOCL's library, and that the system's loader of OpenCL: look for it first.
 */
final class JoclBinding implements OpenCl {
    /** An event, and what asking for it takes. */
    private static final class Event {
        final cl_event event = new cl_event();
        final cl_event[] alone = {event};
        final ByteBuffer answer = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
        final Pointer toAnswer = Pointer.toBuffer(answer);
        boolean full;
    }

    private final Handles handles = new Handles();
    private final Map<Object, Long> found = new ConcurrentHashMap<>(); // platforms and devices, which last
    private final Map<Long, ByteBuffer> mapped = new ConcurrentHashMap<>();
    private final Pointer zero = Pointer.toBuffer(ByteBuffer.allocateDirect(1));
    private final HostCopies copies;

    /** The name of the system's loader. */
    JoclBinding(String library) {
        this.copies = HostCopies.of(library);
    }

    @Override
    public String binding() {
        return "jocl";
    }

    @Override
    public long[] getPlatformIds() {
        int[] count = new int[1];
        int code = CL.clGetPlatformIDs(0, null, count);
        cl_platform_id[] all = new cl_platform_id[code == Cl.SUCCESS ? count[0] : 0];
        if (all.length > 0) {
            code = CL.clGetPlatformIDs(all.length, all, null);
        }
        return handles(code, all);
    }

    @Override
    public long[] getDeviceIds(long platform) {
        cl_platform_id owner = handles.get(platform, cl_platform_id.class);
        int[] count = new int[1];
        int code = CL.clGetDeviceIDs(owner, Cl.DEVICE_TYPE_ALL, 0, null, count);
        cl_device_id[] all = new cl_device_id[code == Cl.SUCCESS ? count[0] : 0];
        if (all.length > 0) {
            code = CL.clGetDeviceIDs(owner, Cl.DEVICE_TYPE_ALL, all.length, all, null);
        }
        return handles(code, all);
    }

    private long[] handles(int code, Object[] all) {
        if (code != Cl.SUCCESS) {
            return new long[] {code};
        }
        long[] result = new long[all.length];
        for (int i = 0; i < all.length; i++) {
            result[i] = found.computeIfAbsent(all[i], handles::add);
        }
        return result;
    }

    @FunctionalInterface
    private interface Question {
        int ask(long size, @Nullable Pointer answer, long @Nullable [] answerSize);
    }

    private static byte[] answer(Question question) {
        long[] size = new long[1];
        if (question.ask(0, null, size) != Cl.SUCCESS || size[0] == 0) {
            return new byte[0];
        }
        byte[] bytes = new byte[(int) size[0]];
        return question.ask(bytes.length, Pointer.to(bytes), null) == Cl.SUCCESS ? bytes : new byte[0];
    }

    @Override
    public byte[] getPlatformInfo(long platform, int name) {
        cl_platform_id asked = handles.get(platform, cl_platform_id.class);
        return answer((size, answer, answerSize) -> CL.clGetPlatformInfo(asked, name, size, answer, answerSize));
    }

    @Override
    public byte[] getDeviceInfo(long device, int name) {
        cl_device_id asked = device(device);
        return answer((size, answer, answerSize) -> CL.clGetDeviceInfo(asked, name, size, answer, answerSize));
    }

    /** What was made, or why not. */
    private long made(@Nullable Object object, int[] code) {
        return code[0] != Cl.SUCCESS || object == null ? Math.min(code[0], -1) : handles.add(object);
    }

    private cl_device_id device(long device) {
        return handles.get(device, cl_device_id.class);
    }

    private cl_context context(long context) {
        return handles.get(context, cl_context.class);
    }

    private cl_command_queue queue(long queue) {
        return handles.get(queue, cl_command_queue.class);
    }

    private cl_mem memory(long buffer) {
        return handles.get(buffer, cl_mem.class);
    }

    @Override
    public long createContext(long platform, long device) {
        cl_context_properties properties = new cl_context_properties();
        properties.addProperty(CL_CONTEXT_PLATFORM, handles.get(platform, cl_platform_id.class));
        int[] code = new int[1];
        cl_device_id[] devices = {device(device)};
        return made(CL.clCreateContext(properties, 1, devices, null, null, code), code);
    }

    @Override
    public int releaseContext(long context) {
        return CL.clReleaseContext(handles.remove(context, cl_context.class));
    }

    @Override
    @SuppressWarnings("deprecation") // by OpenCL 2.0; the newer function is not there before it
    public long createCommandQueue(long context, long device, boolean timed) {
        int[] code = new int[1];
        long properties = timed ? Cl.QUEUE_PROFILING_ENABLE : 0;
        return made(CL.clCreateCommandQueue(context(context), device(device), properties, code), code);
    }

    @Override
    public int releaseCommandQueue(long queue) {
        return CL.clReleaseCommandQueue(handles.remove(queue, cl_command_queue.class));
    }

    @Override
    public long createBuffer(long context, long flags, long bytes) {
        int[] code = new int[1];
        return made(CL.clCreateBuffer(context(context), flags, bytes, null, code), code);
    }

    @Override
    public long createSubBuffer(long buffer, long offset, long bytes) {
        int[] code = new int[1];
        cl_buffer_region region = new cl_buffer_region(offset, bytes);
        return made(
                CL.clCreateSubBuffer(memory(buffer), Cl.MEM_READ_WRITE, CL.CL_BUFFER_CREATE_TYPE_REGION, region, code),
                code);
    }

    @Override
    public int releaseMemObject(long buffer) {
        return CL.clReleaseMemObject(handles.remove(buffer, cl_mem.class));
    }

    @Override
    public long enqueueMapBuffer(long queue, long buffer, long flags, long offset, long bytes) {
        int[] code = new int[1];
        ByteBuffer memory =
                CL.clEnqueueMapBuffer(queue(queue), memory(buffer), true, flags, offset, bytes, 0, null, null, code);
        if (code[0] != Cl.SUCCESS || memory == null) {
            return Math.min(code[0], -1);
        }
        long address = MemorySegment.ofBuffer(memory).address();
        mapped.put(address, memory);
        return address;
    }

    @Override
    public int enqueueUnmapMemObject(long queue, long buffer, long address) {
        return CL.clEnqueueUnmapMemObject(queue(queue), memory(buffer), mapped.remove(address), 0, null, null);
    }

    @Override
    public int enqueueWriteBuffer(long queue, long buffer, long offset, long bytes, long address) {
        return copies.write(queue(queue).getNativePointer(), memory(buffer).getNativePointer(), offset, bytes, address);
    }

    @Override
    public int enqueueReadBuffer(long queue, long buffer, long offset, long bytes, long address) {
        return copies.read(queue(queue).getNativePointer(), memory(buffer).getNativePointer(), offset, bytes, address);
    }

    @Override
    public int enqueueCopyBuffer(long queue, long from, long to, long fromOffset, long toOffset, long bytes) {
        return CL.clEnqueueCopyBuffer(
                queue(queue), memory(from), memory(to), fromOffset, toOffset, bytes, 0, null, null);
    }

    @Override
    public int enqueueFillBuffer(long queue, long buffer, long offset, long bytes) {
        return CL.clEnqueueFillBuffer(queue(queue), memory(buffer), zero, 1, offset, bytes, 0, null, null);
    }

    @Override
    public long createProgramWithSource(long context, String text) {
        int[] code = new int[1];
        return made(CL.clCreateProgramWithSource(context(context), 1, new String[] {text}, null, code), code);
    }

    @Override
    public long createProgramWithBinary(long context, long device, byte[] binary) {
        int[] code = new int[1];
        cl_device_id[] devices = {device(device)};
        long[] lengths = {binary.length};
        byte[][] binaries = {binary};
        return made(
                CL.clCreateProgramWithBinary(context(context), 1, devices, lengths, binaries, new int[1], code), code);
    }

    private cl_program program(long program) {
        return handles.get(program, cl_program.class);
    }

    @Override
    public int buildProgram(long program, long device, String options) {
        return CL.clBuildProgram(program(program), 1, new cl_device_id[] {device(device)}, options, null, null);
    }

    @Override
    public String getBuildLog(long program, long device) {
        cl_program asked = program(program);
        cl_device_id builder = device(device);
        byte[] log = answer((size, answer, answerSize) ->
                CL.clGetProgramBuildInfo(asked, builder, CL_PROGRAM_BUILD_LOG, size, answer, answerSize));
        return new String(log, StandardCharsets.UTF_8).replace('\0', ' ').strip();
    }

    @Override
    public byte[] getBinary(long program) {
        long[] size = new long[1];
        int code =
                CL.clGetProgramInfo(program(program), CL_PROGRAM_BINARY_SIZES, Sizeof.size_t, Pointer.to(size), null);
        if (code != Cl.SUCCESS || size[0] <= 0 || size[0] > Integer.MAX_VALUE) {
            return new byte[0];
        }
        byte[] binary = new byte[(int) size[0]];
        Pointer pointers = Pointer.to(Pointer.to(binary));
        code = CL.clGetProgramInfo(program(program), CL_PROGRAM_BINARIES, Sizeof.POINTER, pointers, null);
        return code == Cl.SUCCESS ? binary : new byte[0];
    }

    @Override
    public int releaseProgram(long program) {
        return CL.clReleaseProgram(handles.remove(program, cl_program.class));
    }

    @Override
    public long createKernel(long program, String name) {
        int[] code = new int[1];
        return made(CL.clCreateKernel(program(program), name, code), code);
    }

    private cl_kernel kernel(long kernel) {
        return handles.get(kernel, cl_kernel.class);
    }

    @Override
    public long getKernelGroupSize(long kernel, long device) {
        long[] size = new long[1];
        int code = CL.clGetKernelWorkGroupInfo(
                kernel(kernel), device(device), Cl.KERNEL_WORK_GROUP_SIZE, Sizeof.size_t, Pointer.to(size), null);
        return code == Cl.SUCCESS ? size[0] : 0;
    }

    @Override
    public int setKernelArgMemory(long kernel, int index, long buffer) {
        return CL.clSetKernelArg(kernel(kernel), index, Sizeof.cl_mem, Pointer.to(memory(buffer)));
    }

    @Override
    public int setKernelArgNumber(long kernel, int index, int bits) {
        return CL.clSetKernelArg(kernel(kernel), index, Integer.BYTES, Pointer.to(new int[] {bits}));
    }

    @Override
    public int releaseKernel(long kernel) {
        return CL.clReleaseKernel(handles.remove(kernel, cl_kernel.class));
    }

    @Override
    public int enqueueNdRangeKernel(long queue, long kernel, int axes, long[] global, long[] local) {
        return CL.clEnqueueNDRangeKernel(queue(queue), kernel(kernel), axes, null, global, local, 0, null, null);
    }

    @Override
    public long openEvent() {
        return handles.add(new Event());
    }

    @Override
    public void closeEvent(long event) {
        releaseEvent(event);
        handles.remove(event, Event.class);
    }

    private Event event(long event) {
        return handles.get(event, Event.class);
    }

    @Override
    public int enqueueMarker(long queue, long event) {
        Event empty = event(event);
        int code = CL.clEnqueueMarkerWithWaitList(queue(queue), 0, null, empty.event);
        empty.full = code == Cl.SUCCESS;
        return code;
    }

    @Override
    public int releaseEvent(long event) {
        Event old = event(event);
        if (!old.full) {
            return Cl.SUCCESS;
        }
        old.full = false;
        return CL.clReleaseEvent(old.event);
    }

    @Override
    public int getEventStatus(long event) {
        Event asked = event(event);
        int code =
                CL.clGetEventInfo(asked.event, CL_EVENT_COMMAND_EXECUTION_STATUS, Integer.BYTES, asked.toAnswer, null);
        return code == Cl.SUCCESS ? asked.answer.getInt(0) : code;
    }

    @Override
    public int waitForEvent(long event) {
        return CL.clWaitForEvents(1, event(event).alone);
    }

    @Override
    public long getEventEnd(long event) {
        Event asked = event(event);
        int code = CL.clGetEventProfilingInfo(asked.event, CL_PROFILING_COMMAND_END, Long.BYTES, asked.toAnswer, null);
        return code == Cl.SUCCESS ? asked.answer.getLong(0) : code;
    }

    @Override
    public int flush(long queue) {
        return CL.clFlush(queue(queue));
    }

    @Override
    public int finish(long queue) {
        return CL.clFinish(queue(queue));
    }
}
