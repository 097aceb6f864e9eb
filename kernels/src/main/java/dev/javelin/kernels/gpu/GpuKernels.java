package dev.javelin.kernels.gpu;

import dev.javelin.api.Format;
import dev.javelin.api.Fusion;
import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.Value;
import dev.javelin.kernels.device.WeightUse;
import java.util.List;
import java.util.Set;

/**
 * What a device with memory of its own launches: which operations it knows, the form in which it keeps weights, and the kernels
 * of each operation. Made for the {@link DeviceTraits} of one device. Pure: the same answer each time. Usable from any thread.
 */
public interface GpuKernels {

    /** See {@link dev.javelin.api.Lowering}. */
    List<Fusion> fusions();

    /** See {@link dev.javelin.api.Device#supports}. */
    boolean supports(Op op);

    /** See {@link dev.javelin.api.Device#activation}. */
    Format activation(Op op, Precision precision);

    /** The form that serves all these uses of a weight. */
    WeightForm form(Value weight, Set<WeightUse> uses);

    /** Bytes of each piece of scratch memory that the launches of an operation need. */
    List<Long> scratch(Op op, Limits limits);

    /** What carries out an operation that is supported: launches in their order, each seeing what those before it wrote. */
    List<Launch> launches(Op op, PlanFacts plan);

    /** The text of a kernel's file, complete, before macros. */
    String text(KernelId kernel);
}
