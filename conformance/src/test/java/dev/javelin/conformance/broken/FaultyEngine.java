package dev.javelin.conformance.broken;

import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.Format;
import dev.javelin.api.FusedOp;
import dev.javelin.api.Fusion;
import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.kernels.device.WeightUse;
import dev.javelin.kernels.host.HostDevice;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.Placing;
import dev.javelin.kernels.host.PlanMemory;
import dev.javelin.kernels.reference.ReferenceEngine;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reference's arithmetic, with at most one fault in it. Unlike the reference it may have kernels for fused operations, so
 * that those can be wrong too.
 */
final class FaultyEngine implements HostEngine<Tensor> {

    private static final long MEMORY = 1L << 40;

    private final HostEngine<Tensor> right;
    private final boolean fuses;
    private final @Nullable Fault fault;

    private FaultyEngine(HostEngine<Tensor> right, boolean fuses, @Nullable Fault fault) {
        this.right = right;
        this.fuses = fuses;
        this.fault = fault;
    }

    /**
     * A device without a fault.
     *
     * @param fuses whether it has kernels of its own for fused operations
     */
    static Device sound(boolean fuses) {
        return new HostDevice<>(new FaultyEngine(new ReferenceEngine(described()), fuses, null));
    }

    /** A device with a fault. */
    static Device device(Fault fault) {
        return new HostDevice<>(new FaultyEngine(new ReferenceEngine(described()), fault.fused(), fault));
    }

    /** What all of these devices say of themselves. */
    private static DeviceInfo described() {
        return new DeviceInfo("broken:0", "Wrong on purpose", DeviceInfo.Kind.CPU, MEMORY, MEMORY, Set.of(), true);
    }

    @Override
    public DeviceInfo info() {
        return right.info();
    }

    @Override
    public List<Fusion> fusions() {
        return fuses ? List.of(Fusion.values()) : List.of();
    }

    @Override
    public boolean supports(Op op) {
        return right.supports(op) || (fuses && op instanceof FusedOp);
    }

    @Override
    public Format activation(Op op, Precision precision) {
        return fault == null ? right.activation(op, precision) : fault.activation(op, precision);
    }

    @Override
    public long placedBytes(Value weight, Set<WeightUse> uses) {
        return right.placedBytes(weight, uses);
    }

    @Override
    public Tensor place(Tensor tensor, Set<WeightUse> uses, Placing placing) {
        return right.place(tensor, uses, placing);
    }

    @Override
    public boolean retainsSource(Tensor weight) {
        return right.retainsSource(weight);
    }

    @Override
    public long scratchBytes(Op op, Limits limits) {
        return op instanceof FusedOp fused
                ? FusedKernel.scratchBytes(fused, limits, right)
                : right.scratchBytes(op, limits);
    }

    @Override
    public Kernel compile(Op op, PlanMemory<Tensor> memory, Precision precision) {
        if (fault != null && fault.concerns(op, memory.limits())) {
            return fault.compile(op, memory, right, precision);
        }
        return op instanceof FusedOp fused
                ? new FusedKernel(fused, memory, right, (part, its) -> right.compile(part, its, precision))
                : right.compile(op, memory, precision);
    }

    @Override
    public void close() {
        right.close();
    }
}
