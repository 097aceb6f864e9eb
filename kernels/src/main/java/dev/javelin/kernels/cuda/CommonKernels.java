package dev.javelin.kernels.cuda;

import dev.javelin.api.Op;
import dev.javelin.kernels.gpu.DeviceTraits;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.gpu.Launch;
import dev.javelin.kernels.gpu.PlanFacts;
import dev.javelin.kernels.opencl.OpenClKernels;
import java.util.List;
import java.util.Map;

/**
 * The operations whose kernels take the same arguments here as in OpenCL: the launches are those, of kernels of the same name.
 * Our kernels are built for one size of groups, so they have no macros.
 */
final class CommonKernels {
    private static final int GROUP_SIZE = 256;

    /** Names that mean something else in CUDA C++. */
    private static final Map<String, String> RENAMED = Map.of("norm", "rms_norm");

    private final OpenClKernels kernels;

    CommonKernels(DeviceTraits traits) {
        this.kernels = new OpenClKernels(new DeviceTraits(
                false,
                false,
                0,
                false,
                traits.localBytes(),
                GROUP_SIZE,
                traits.computeUnits(),
                traits.vectorFloats(),
                traits.sharesHostMemory()));
    }

    /** Those kernels, for what does not launch anything. */
    OpenClKernels kernels() {
        return kernels;
    }

    List<Launch> launches(Op op, PlanFacts plan) {
        return kernels.launches(op, plan).stream()
                .map(launch -> new Launch(renamed(launch.kernel()), launch.args(), launch.grid(), launch.span()))
                .toList();
    }

    private static KernelId renamed(KernelId kernel) {
        return new KernelId(kernel.file(), RENAMED.getOrDefault(kernel.entry(), kernel.entry()));
    }
}
