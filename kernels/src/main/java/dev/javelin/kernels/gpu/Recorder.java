package dev.javelin.kernels.gpu;

/**
 * Records launches once, to enqueue them all at once from then on. Recordings are numbers that mean something to the driver alone.
 * {@link GpuDevice} sees to it that nothing else is enqueued meanwhile. Throws what the {@link GpuDriver} throws.
 */
public interface Recorder {

    /** From here on launches, and copies within the device, are recorded instead of carried out. Nothing else may be asked for. */
    void begin();

    /** Ends the recording, ready to be replayed for as long as its kernels and memory stay what they are. */
    long end();

    /** Ends a recording in which something failed, and forgets it; throws nothing. */
    void abandon();

    /** Enqueues what was recorded. Leaves no garbage behind. */
    void replay(long recording);

    /** Gives a recording back. Nothing that is enqueued may use it. */
    void free(long recording);
}
