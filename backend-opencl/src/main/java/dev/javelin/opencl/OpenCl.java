package dev.javelin.opencl;

/**
 * The functions of OpenCL that this backend calls, named as there. A binding puts them into words of a library that reaches
 * them; none of its types are seen here.
 *
 * <p>Handles are positive numbers that mean something to the binding alone. What makes one returns it, or an error of OpenCL,
 * which is negative; the others return 0 or an error. Only those that make or look up something may leave garbage behind.
 */
interface OpenCl {

    /** For people. */
    String binding();

    // platforms and devices

    /** Handles, or one error. */
    long[] getPlatformIds();

    /** Handles, or one error. */
    long[] getDeviceIds(long platform);

    /** The bytes of an answer, empty if there is none. */
    byte[] getPlatformInfo(long platform, int name);

    /** The bytes of an answer, empty if there is none. */
    byte[] getDeviceInfo(long device, int name);

    long createContext(long platform, long device);

    int releaseContext(long context);

    /** In order. */
    long createCommandQueue(long context, long device, boolean timed);

    int releaseCommandQueue(long queue);

    // memory

    long createBuffer(long context, long flags, long bytes);

    long createSubBuffer(long buffer, long offset, long bytes);

    int releaseMemObject(long buffer);

    /** Waits; the address of the memory, or an error. At most 2 GB. */
    long enqueueMapBuffer(long queue, long buffer, long flags, long offset, long bytes);

    int enqueueUnmapMemObject(long queue, long buffer, long address);

    /** From an address of host memory. */
    int enqueueWriteBuffer(long queue, long buffer, long offset, long bytes, long address);

    /** To an address of host memory. */
    int enqueueReadBuffer(long queue, long buffer, long offset, long bytes, long address);

    int enqueueCopyBuffer(long queue, long from, long to, long fromOffset, long toOffset, long bytes);

    /** Fills with zeros. */
    int enqueueFillBuffer(long queue, long buffer, long offset, long bytes);

    // programs and kernels

    long createProgramWithSource(long context, String text);

    long createProgramWithBinary(long context, long device, byte[] binary);

    int buildProgram(long program, long device, String options);

    /** What the compiler said. */
    String getBuildLog(long program, long device);

    /** Empty if there is none. */
    byte[] getBinary(long program);

    int releaseProgram(long program);

    long createKernel(long program, String name);

    /** Most work-items of a group with which the device can run the kernel; 0 if it does not say. */
    long getKernelGroupSize(long kernel, long device);

    int setKernelArgMemory(long kernel, int index, long buffer);

    int setKernelArgNumber(long kernel, int index, int bits);

    int releaseKernel(long kernel);

    int enqueueNdRangeKernel(long queue, long kernel, int axes, long[] global, long[] local);

    // events

    /** An empty place for an event. */
    long openEvent();

    /** Empties the place, and gives it back. */
    void closeEvent(long event);

    /** Puts an event behind all that was enqueued so far into an empty place. */
    int enqueueMarker(long queue, long event);

    /** Empties the place, if there is an event in it. */
    int releaseEvent(long event);

    /** 0 once it has come to pass, positive before, negative if what came before failed. */
    int getEventStatus(long event);

    int waitForEvent(long event);

    /** When it came to pass, or an error. */
    long getEventEnd(long event);

    int flush(long queue);

    int finish(long queue);
}
