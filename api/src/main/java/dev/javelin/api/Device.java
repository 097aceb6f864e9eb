package dev.javelin.api;

import java.util.Collection;

/**
 * An open device. The opener closes it. Usable from any thread.
 *
 * <p>Work enqueued from one thread runs in order; what several threads enqueue runs in some order, never mixed up.
 */
public interface Device extends AutoCloseable {

    /** What the probe reported. */
    DeviceInfo info();

    /**
     * Whether the device can carry out the operation as it is. Pure: the same answer each time, also before anything is
     * placed. If true, {@link #prepare} of a program of such operations fails only for lack of memory.
     */
    boolean supports(Op op);

    /**
     * To what the activations that the operation reads are rounded before arithmetic: F32 where they are not, F16, BF16, or a
     * block format. Tolerances of tests are derived from it. F32 for {@link Precision#EXACT}.
     */
    Format activation(Op op, Precision precision);

    /**
     * Takes over all weights of the programs, in the form that suits how those use them, and waits for it.
     *
     * @param programs all that will be prepared with these weights, as the caller writes them, not lowered
     * @throws UnsupportedOpException if an operation has neither a kernel nor parts that have one
     * @throws DeviceMemoryException if they do not fit; nothing stays taken
     * @throws LoadCancelledException if the listener cancels; nothing stays taken
     */
    Weights place(Collection<Program> programs, WeightSource source, LoadListener listener);

    /**
     * Takes memory for sequence state.
     *
     * @throws DeviceMemoryException if it does not fit
     */
    StateStore openStates(StateSpec spec);

    /**
     * Takes memory for inputs or outputs.
     *
     * @throws DeviceMemoryException if it does not fit
     */
    Buffer openBuffer(long bytes);

    /**
     * Makes a program ready to run.
     *
     * @throws UnsupportedOpException if an operation has neither a kernel nor parts that have one
     * @throws IllegalArgumentException if something is not bound, or weights were not placed for this use
     * @throws DeviceMemoryException if temporaries and outputs do not fit
     */
    Plan prepare(PlanSpec spec, Bindings bindings);

    /** Bytes that {@link #place} of these programs will take. */
    long weightBytes(Collection<Program> programs);

    /** Bytes that {@link #openStates} will take. */
    long stateBytes(StateSpec spec);

    /** Bytes that {@link #prepare} will take. */
    long planBytes(PlanSpec spec);

    /** What is open now. */
    MemoryUse memoryUse();

    /** Waits for the runs under way, closes all that is open on the device, then the device. */
    @Override
    void close();
}
