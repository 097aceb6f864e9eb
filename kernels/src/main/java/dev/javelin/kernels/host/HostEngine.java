package dev.javelin.kernels.host;

import dev.javelin.api.DeviceInfo;
import dev.javelin.api.Format;
import dev.javelin.api.Fusion;
import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.kernels.device.WeightUse;
import java.util.List;
import java.util.Set;

/**
 * The arithmetic of a device that works in host memory: which operations it knows, the form in which it keeps weights, and a
 * kernel for each operation. {@link HostDevice} does the rest, and closes it.
 *
 * <p>Methods are called from any thread. No two kernels of one engine run at the same time, and none runs while a weight is
 * being placed: so all of them may use the same threads and scratch memory. The other methods may be called meanwhile.
 *
 * @param <W> a weight in the form that the kernels read
 */
public interface HostEngine<W> extends AutoCloseable {

    DeviceInfo info();

    /** See {@link dev.javelin.api.Lowering}. */
    List<Fusion> fusions();

    /** See {@link dev.javelin.api.Device#supports}. */
    boolean supports(Op op);

    /** See {@link dev.javelin.api.Device#activation}. */
    Format activation(Op op, Precision precision);

    /** Bytes of memory that {@link #place} takes for the weight. */
    long placedBytes(Value weight, Set<WeightUse> uses);

    /** Brings a weight into the form that the kernels for these uses read. */
    W place(Tensor tensor, Set<WeightUse> uses, Placing placing);

    /** Whether the weight is still read from the source's own memory. */
    boolean retainsSource(W weight);

    /** Bytes of scratch memory that the kernel of an operation takes besides its operands. */
    long scratchBytes(Op op, Limits limits);

    /**
     * Bytes that the kernels of these operations, those of one plan, allocate for themselves when they are compiled. What plans
     * share counts for each of them.
     */
    default long kernelBytes(List<Op> ops, Limits limits) {
        return 0;
    }

    /** The kernel of an operation that the engine supports. It allocates nothing when it runs. */
    Kernel compile(Op op, PlanMemory<W> memory, Precision precision);

    /** Ends what the engine started, such as threads. */
    @Override
    void close();
}
