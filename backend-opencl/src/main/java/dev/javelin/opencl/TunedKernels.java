package dev.javelin.opencl;

import dev.javelin.api.Format;
import dev.javelin.api.Fusion;
import dev.javelin.api.Limits;
import dev.javelin.api.MatMul;
import dev.javelin.api.MatMulAdd;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.Value;
import dev.javelin.kernels.device.WeightUse;
import dev.javelin.kernels.gpu.DeviceTraits;
import dev.javelin.kernels.gpu.GpuKernels;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import dev.javelin.kernels.gpu.WeightForm;
import dev.javelin.kernels.opencl.OpenClKernels;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Kernels in the sizes that a search on their device finds. The search is made when the first large product is made ready, so that
 * small programs do not wait for it; all but launches is the same for all sizes.
 */
final class TunedKernels implements GpuKernels {
    /** Weights of a matrix for which the search pays. */
    private static final long LARGE = 1 << 20;

    private final DeviceTraits traits;
    private final TuningSearch search;
    private final OpenClKernels usual;
    private @Nullable OpenClKernels tuned;

    TunedKernels(DeviceTraits traits, TuningSearch search) {
        this.traits = traits;
        this.search = search;
        this.usual = new OpenClKernels(traits);
    }

    @Override
    public List<Fusion> fusions() {
        return usual.fusions();
    }

    @Override
    public boolean supports(Op op) {
        return usual.supports(op);
    }

    @Override
    public Format activation(Op op, Precision precision) {
        return usual.activation(op, precision);
    }

    @Override
    public WeightForm form(Value weight, Set<WeightUse> uses) {
        return usual.form(weight, uses);
    }

    @Override
    public List<Long> scratch(Op op, Limits limits) {
        return usual.scratch(op, limits);
    }

    /** With the device's lock held, since the search has the device to itself. */
    @Override
    public synchronized List<Launch> launches(Op op, PlanFacts plan) {
        OpenClKernels kernels = tuned;
        Value matrix = matrix(op);
        if (kernels == null && matrix != null && matrix.shape().size(0) * (long) matrix.width() >= LARGE) {
            kernels = new OpenClKernels(traits, search.find(matrix));
            tuned = kernels;
        }
        return (kernels == null ? usual : kernels).launches(op, plan);
    }

    private static @Nullable Value matrix(Op op) {
        return switch (op) {
            case MatMul product -> product.matrix();
            case MatMulAdd fused -> fused.product().matrix();
            default -> null;
        };
    }

    @Override
    public String text(KernelId kernel) {
        return usual.text(kernel);
    }
}
