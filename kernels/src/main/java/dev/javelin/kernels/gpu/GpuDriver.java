package dev.javelin.kernels.gpu;

import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One open device of a driver, in few words: memory, copies, kernels, events. Handles are numbers that mean something to the
 * driver alone; whoever got one gives it back.
 *
 * <p>Copies and launches are enqueued and carried out in their order; those methods return at once and leave no garbage behind.
 * {@link GpuDevice} sees to it that no two of them are called at the same time; methods that make, free or look at something may
 * be called from other threads meanwhile.
 *
 * <p>All methods throw {@link dev.javelin.api.DeviceFailedException} with the driver's name for the error, the call and its
 * sizes, or {@link dev.javelin.api.DeviceMemoryException} where memory is what lacks.
 */
public interface GpuDriver extends AutoCloseable {

    /** What kernels may choose by. */
    DeviceTraits traits();

    /** Bytes of the largest piece of memory. */
    long largestAllocation();

    /** What offsets of {@linkplain #view views} are multiples of; a power of two. */
    long alignment();

    // memory

    /** Takes memory that holds anything. */
    long allocate(long bytes);

    /** A part of memory, to be handed to kernels; the memory stays alive for as long. */
    long view(long memory, long offset, long bytes);

    /** Gives memory or a view back. Nothing that is enqueued may use it. */
    void free(long memory);

    /** Takes host memory for fast copies, filled with zeros. */
    HostBlock openHost(long bytes);

    /** Enqueues a copy from the beginning of a block. */
    void write(long memory, long offset, HostBlock from, long bytes);

    /** Enqueues a copy to the beginning of a block. */
    void read(long memory, long offset, HostBlock to, long bytes);

    /** Enqueues a copy between two places that do not overlap. */
    void copy(long from, long fromOffset, long to, long toOffset, long bytes);

    /** Enqueues filling with zeros. */
    void zero(long memory, long offset, long bytes);

    /**
     * Memory of the device in the host's own address space, to be filled by the host. Waits. For devices that share host memory
     * only.
     */
    MemorySegment map(long memory, long offset, long bytes);

    /** Ends a mapping. */
    void unmap(long memory, MemorySegment mapped);

    // kernels

    /**
     * A kernel with arguments of its own. Builds what has not been built on this device yet.
     *
     * @param text of the kernel's file
     */
    long openKernel(KernelId id, Supplier<String> text);

    /** Gives an argument memory; for as long as the kernel is launched. */
    void setMemory(long kernel, int index, long memory);

    /** Gives an argument 32 bits. */
    void setNumber(long kernel, int index, int bits);

    /**
     * Enqueues a launch.
     *
     * @param axes how many of the sizes count
     * @param groups of each axis, all positive
     * @param local work-items of a group along each axis
     */
    void launch(long kernel, int axes, long[] groups, long[] local);

    /** Gives a kernel back. Nothing that is enqueued may use it. */
    void freeKernel(long kernel);

    /** How launches are recorded to be replayed; null where that does not pay or cannot be done. The same object each time. */
    default @Nullable Recorder recorder() {
        return null;
    }

    // order and time

    /** An event, to be recorded again and again. */
    long openEvent();

    /** Enqueues the event, behind all that was enqueued so far. Only when it has come to pass or was never recorded. */
    void record(long event);

    /** Whether all before the recorded event has ended; fails if that failed. */
    boolean ended(long event);

    /** Waits for the end of all before the recorded event; fails if that failed. May be called from several threads. */
    void await(long event);

    /** Nanoseconds between two events recorded while {@linkplain #beginTiming timing}. */
    long nanosBetween(long from, long to);

    /** Gives an event back that has come to pass. */
    void freeEvent(long event);

    /** Sees to it that what is enqueued begins. */
    void flush();

    /** Waits for all that is enqueued. */
    void finish();

    /** From here on the times of events are measured. Waits for what is enqueued. */
    void beginTiming();

    /** Waits for what is enqueued, and measures no longer. */
    void endTiming();

    /** Ends the work with the device. */
    @Override
    void close();
}
