package dev.javelin.opencl;

import static org.lwjgl.opencl.CL10.CL_CONTEXT_PLATFORM;
import static org.lwjgl.opencl.CL10.CL_EVENT_COMMAND_EXECUTION_STATUS;
import static org.lwjgl.opencl.CL10.CL_PROFILING_COMMAND_END;
import static org.lwjgl.opencl.CL10.CL_PROGRAM_BINARIES;
import static org.lwjgl.opencl.CL10.CL_PROGRAM_BINARY_SIZES;
import static org.lwjgl.opencl.CL10.CL_PROGRAM_BUILD_LOG;
import static org.lwjgl.opencl.CL11.CL_BUFFER_CREATE_TYPE_REGION;
import static org.lwjgl.system.MemoryUtil.NULL;
import static org.lwjgl.system.MemoryUtil.memByteBuffer;
import static org.lwjgl.system.MemoryUtil.memGetInt;
import static org.lwjgl.system.MemoryUtil.memGetLong;
import static org.lwjgl.system.MemoryUtil.memPutLong;
import static org.lwjgl.system.MemoryUtil.nmemCallocChecked;
import static org.lwjgl.system.MemoryUtil.nmemFree;

import java.nio.charset.StandardCharsets;
import org.lwjgl.opencl.CL10;
import org.lwjgl.opencl.CL11;
import org.lwjgl.opencl.CL12;
import org.lwjgl.system.Configuration;
import org.lwjgl.system.MemoryStack;

/**
 * OpenCL through LWJGL. Handles are OpenCL's own pointers; a place for an event is the address of such a pointer, with room for an
 * answer behind it. Loading this class loads LWJGL's library, and that the system's loader of OpenCL: look for it first.
 */
final class LwjglBinding implements OpenCl {
    private static final int ANSWER = Long.BYTES;

    /** The name of the system's loader: by itself LWJGL looks for one that only developers have. */
    LwjglBinding(String library) {
        if (Configuration.OPENCL_LIBRARY_NAME.get() == null) {
            Configuration.OPENCL_LIBRARY_NAME.set(library);
        }
    }

    @Override
    public String binding() {
        return "lwjgl";
    }

    @FunctionalInterface
    private interface Question {
        int ask(long size, long answer, long answerSize);
    }

    /** The bytes of an answer whose size has to be asked for first. */
    private static byte[] answer(Question question) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            long size = stack.ncalloc(Long.BYTES, 1, Long.BYTES);
            if (question.ask(0, NULL, size) != Cl.SUCCESS || memGetLong(size) <= 0) {
                return new byte[0];
            }
            int bytes = (int) memGetLong(size);
            long memory = nmemCallocChecked(1, bytes);
            try {
                return question.ask(bytes, memory, NULL) == Cl.SUCCESS ? bytes(memory, bytes) : new byte[0];
            } finally {
                nmemFree(memory);
            }
        }
    }

    private static byte[] bytes(long address, int count) {
        byte[] bytes = new byte[count];
        memByteBuffer(address, count).get(bytes);
        return bytes;
    }

    @FunctionalInterface
    private interface Listing {
        int list(int count, long handles, long howMany);
    }

    private static long[] handles(Listing listing) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            long howMany = stack.ncalloc(Integer.BYTES, 1, Integer.BYTES);
            int code = listing.list(0, NULL, howMany);
            int count = code == Cl.SUCCESS ? memGetInt(howMany) : 0;
            long[] all = new long[count];
            if (count > 0) {
                long memory = stack.ncalloc(Long.BYTES, count, Long.BYTES);
                code = listing.list(count, memory, NULL);
                for (int i = 0; i < count; i++) {
                    all[i] = memGetLong(memory + (long) i * Long.BYTES);
                }
            }
            return code == Cl.SUCCESS ? all : new long[] {code};
        }
    }

    @FunctionalInterface
    private interface Making {
        long make(long code);
    }

    /** What was made, or why not. */
    private static long made(Making making) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            long code = stack.ncalloc(Integer.BYTES, 1, Integer.BYTES);
            long made = making.make(code);
            return memGetInt(code) == Cl.SUCCESS && made != NULL ? made : Math.min(memGetInt(code), -1);
        }
    }

    @Override
    public long[] getPlatformIds() {
        return handles(CL10::nclGetPlatformIDs);
    }

    @Override
    public long[] getDeviceIds(long platform) {
        return handles(
                (count, all, howMany) -> CL10.nclGetDeviceIDs(platform, Cl.DEVICE_TYPE_ALL, count, all, howMany));
    }

    @Override
    public byte[] getPlatformInfo(long platform, int name) {
        return answer((size, answer, answerSize) -> CL10.nclGetPlatformInfo(platform, name, size, answer, answerSize));
    }

    @Override
    public byte[] getDeviceInfo(long device, int name) {
        return answer((size, answer, answerSize) -> CL10.nclGetDeviceInfo(device, name, size, answer, answerSize));
    }

    @Override
    public long createContext(long platform, long device) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            long properties = stack.ncalloc(Long.BYTES, 3, Long.BYTES);
            memPutLong(properties, CL_CONTEXT_PLATFORM);
            memPutLong(properties + Long.BYTES, platform);
            long devices = pointer(stack, device);
            return made(code -> CL10.nclCreateContext(properties, 1, devices, NULL, NULL, code));
        }
    }

    private static long pointer(MemoryStack stack, long value) {
        long pointer = stack.nmalloc(Long.BYTES, Long.BYTES);
        memPutLong(pointer, value);
        return pointer;
    }

    @Override
    public int releaseContext(long context) {
        return CL10.clReleaseContext(context);
    }

    @Override
    public long createCommandQueue(long context, long device, boolean timed) {
        long properties = timed ? Cl.QUEUE_PROFILING_ENABLE : 0;
        return made(code -> CL10.nclCreateCommandQueue(context, device, properties, code));
    }

    @Override
    public int releaseCommandQueue(long queue) {
        return CL10.clReleaseCommandQueue(queue);
    }

    @Override
    public long createBuffer(long context, long flags, long bytes) {
        return made(code -> CL10.nclCreateBuffer(context, flags, bytes, NULL, code));
    }

    @Override
    public long createSubBuffer(long buffer, long offset, long bytes) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            long region = stack.nmalloc(Long.BYTES, 2 * Long.BYTES);
            memPutLong(region, offset);
            memPutLong(region + Long.BYTES, bytes);
            return made(code ->
                    CL11.nclCreateSubBuffer(buffer, Cl.MEM_READ_WRITE, CL_BUFFER_CREATE_TYPE_REGION, region, code));
        }
    }

    @Override
    public int releaseMemObject(long buffer) {
        return CL10.clReleaseMemObject(buffer);
    }

    @Override
    public long enqueueMapBuffer(long queue, long buffer, long flags, long offset, long bytes) {
        return made(code -> CL10.nclEnqueueMapBuffer(queue, buffer, 1, flags, offset, bytes, 0, NULL, NULL, code));
    }

    @Override
    public int enqueueUnmapMemObject(long queue, long buffer, long address) {
        return CL10.nclEnqueueUnmapMemObject(queue, buffer, address, 0, NULL, NULL);
    }

    @Override
    public int enqueueWriteBuffer(long queue, long buffer, long offset, long bytes, long address) {
        return CL10.nclEnqueueWriteBuffer(queue, buffer, 0, offset, bytes, address, 0, NULL, NULL);
    }

    @Override
    public int enqueueReadBuffer(long queue, long buffer, long offset, long bytes, long address) {
        return CL10.nclEnqueueReadBuffer(queue, buffer, 0, offset, bytes, address, 0, NULL, NULL);
    }

    @Override
    public int enqueueCopyBuffer(long queue, long from, long to, long fromOffset, long toOffset, long bytes) {
        return CL10.nclEnqueueCopyBuffer(queue, from, to, fromOffset, toOffset, bytes, 0, NULL, NULL);
    }

    @Override
    public int enqueueFillBuffer(long queue, long buffer, long offset, long bytes) {
        MemoryStack stack = MemoryStack.stackGet();
        int top = stack.getPointer();
        try {
            long zero = stack.ncalloc(1, 1, 1);
            return CL12.nclEnqueueFillBuffer(queue, buffer, zero, 1, offset, bytes, 0, NULL, NULL);
        } finally {
            stack.setPointer(top);
        }
    }

    @Override
    public long createProgramWithSource(long context, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long memory = copy(bytes);
        try (MemoryStack stack = MemoryStack.stackPush()) {
            long texts = pointer(stack, memory);
            long lengths = pointer(stack, bytes.length);
            return made(code -> CL10.nclCreateProgramWithSource(context, 1, texts, lengths, code));
        } finally {
            nmemFree(memory);
        }
    }

    /** To be freed. */
    private static long copy(byte[] bytes) {
        long memory = nmemCallocChecked(1, bytes.length + 1L);
        memByteBuffer(memory, bytes.length).put(bytes);
        return memory;
    }

    @Override
    public long createProgramWithBinary(long context, long device, byte[] binary) {
        long memory = copy(binary);
        try (MemoryStack stack = MemoryStack.stackPush()) {
            long devices = pointer(stack, device);
            long lengths = pointer(stack, binary.length);
            long binaries = pointer(stack, memory);
            return made(code -> CL10.nclCreateProgramWithBinary(context, 1, devices, lengths, binaries, NULL, code));
        } finally {
            nmemFree(memory);
        }
    }

    @Override
    public int buildProgram(long program, long device, String options) {
        long text = copy(options.getBytes(StandardCharsets.UTF_8));
        try (MemoryStack stack = MemoryStack.stackPush()) {
            return CL10.nclBuildProgram(program, 1, pointer(stack, device), text, NULL, NULL);
        } finally {
            nmemFree(text);
        }
    }

    @Override
    public String getBuildLog(long program, long device) {
        byte[] log = answer((size, answer, answerSize) ->
                CL10.nclGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, size, answer, answerSize));
        return new String(log, StandardCharsets.UTF_8).replace('\0', ' ').strip();
    }

    @Override
    public byte[] getBinary(long program) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            long size = stack.ncalloc(Long.BYTES, 1, Long.BYTES);
            int code = CL10.nclGetProgramInfo(program, CL_PROGRAM_BINARY_SIZES, Long.BYTES, size, NULL);
            long bytes = memGetLong(size);
            if (code != Cl.SUCCESS || bytes <= 0 || bytes > Integer.MAX_VALUE) {
                return new byte[0];
            }
            long memory = nmemCallocChecked(1, bytes);
            try {
                long binaries = pointer(stack, memory);
                code = CL10.nclGetProgramInfo(program, CL_PROGRAM_BINARIES, Long.BYTES, binaries, NULL);
                return code == Cl.SUCCESS ? bytes(memory, (int) bytes) : new byte[0];
            } finally {
                nmemFree(memory);
            }
        }
    }

    @Override
    public int releaseProgram(long program) {
        return CL10.clReleaseProgram(program);
    }

    @Override
    public long createKernel(long program, String name) {
        long text = copy(name.getBytes(StandardCharsets.UTF_8));
        try {
            return made(code -> CL10.nclCreateKernel(program, text, code));
        } finally {
            nmemFree(text);
        }
    }

    @Override
    public long getKernelGroupSize(long kernel, long device) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            long size = stack.ncalloc(Long.BYTES, 1, Long.BYTES);
            int code =
                    CL10.nclGetKernelWorkGroupInfo(kernel, device, Cl.KERNEL_WORK_GROUP_SIZE, Long.BYTES, size, NULL);
            return code == Cl.SUCCESS ? memGetLong(size) : 0;
        }
    }

    @Override
    public int setKernelArgMemory(long kernel, int index, long buffer) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            return CL10.nclSetKernelArg(kernel, index, Long.BYTES, pointer(stack, buffer));
        }
    }

    @Override
    public int setKernelArgNumber(long kernel, int index, int bits) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            return CL10.nclSetKernelArg(kernel, index, Integer.BYTES, pointer(stack, bits)); // little-endian
        }
    }

    @Override
    public int releaseKernel(long kernel) {
        return CL10.clReleaseKernel(kernel);
    }

    @Override
    public int enqueueNdRangeKernel(long queue, long kernel, int axes, long[] global, long[] local) {
        MemoryStack stack = MemoryStack.stackGet();
        int top = stack.getPointer();
        try {
            long sizes = stack.nmalloc(Long.BYTES, 2 * axes * Long.BYTES);
            long locals = sizes + (long) axes * Long.BYTES;
            for (int i = 0; i < axes; i++) {
                memPutLong(sizes + (long) i * Long.BYTES, global[i]);
                memPutLong(locals + (long) i * Long.BYTES, local[i]);
            }
            return CL10.nclEnqueueNDRangeKernel(queue, kernel, axes, NULL, sizes, locals, 0, NULL, NULL);
        } finally {
            stack.setPointer(top);
        }
    }

    @Override
    public long openEvent() {
        return nmemCallocChecked(2, Long.BYTES);
    }

    @Override
    public void closeEvent(long event) {
        releaseEvent(event);
        nmemFree(event);
    }

    @Override
    public int enqueueMarker(long queue, long event) {
        return CL12.nclEnqueueMarkerWithWaitList(queue, 0, NULL, event);
    }

    @Override
    public int releaseEvent(long event) {
        long old = memGetLong(event);
        if (old == NULL) {
            return Cl.SUCCESS;
        }
        memPutLong(event, NULL);
        return CL10.clReleaseEvent(old);
    }

    @Override
    public int getEventStatus(long event) {
        int code = CL10.nclGetEventInfo(
                memGetLong(event), CL_EVENT_COMMAND_EXECUTION_STATUS, Integer.BYTES, event + ANSWER, NULL);
        return code == Cl.SUCCESS ? memGetInt(event + ANSWER) : code;
    }

    @Override
    public int waitForEvent(long event) {
        return CL10.nclWaitForEvents(1, event);
    }

    @Override
    public long getEventEnd(long event) {
        int code = CL10.nclGetEventProfilingInfo(
                memGetLong(event), CL_PROFILING_COMMAND_END, Long.BYTES, event + ANSWER, NULL);
        return code == Cl.SUCCESS ? memGetLong(event + ANSWER) : code;
    }

    @Override
    public int flush(long queue) {
        return CL10.clFlush(queue);
    }

    @Override
    public int finish(long queue) {
        return CL10.clFinish(queue);
    }
}
