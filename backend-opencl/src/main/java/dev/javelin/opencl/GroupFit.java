package dev.javelin.opencl;

import dev.javelin.api.DeviceFailedException;
import dev.javelin.kernels.gpu.DeviceTraits;
import dev.javelin.kernels.gpu.KernelId;
import dev.javelin.kernels.opencl.OpenClKernels;
import java.util.Map;

/**
 * Groups no larger than those in which a device runs the kernels that ask most of it: what a device says of itself holds for
 * kernels that need little, and only a kernel that was built tells what it can have.
 */
final class GroupFit {
    private final ClDriver driver;
    private final String device;

    GroupFit(ClDriver driver, String device) {
        this.driver = driver;
        this.device = device;
    }

    /** Those traits, or the same with smaller groups. */
    DeviceTraits fit(DeviceTraits traits) {
        DeviceTraits fitted = traits;
        while (true) {
            OpenClKernels kernels = new OpenClKernels(fitted);
            int most = most(kernels, fitted);
            if (most >= fitted.groupSize()) {
                return fitted;
            }
            if (most < OpenClKernels.SMALLEST_GROUP) {
                throw new DeviceFailedException(
                        "the OpenCL driver runs our kernels only in groups of %d work-items where %d are needed, device=%s; choose another device"
                                .formatted(most, OpenClKernels.SMALLEST_GROUP, device),
                        null);
            }
            fitted = withGroups(fitted, Integer.highestOneBit(most));
        }
    }

    /** The size that fitted already, or the largest that all kernels could have. */
    private int most(OpenClKernels kernels, DeviceTraits traits) {
        int most = traits.groupSize();
        for (Map.Entry<KernelId, Integer> kernel : kernels.demanding().entrySet()) {
            long limit = limit(kernels, kernel.getKey(), kernel.getValue());
            if (limit < kernel.getValue()) {
                most = (int) Math.min(most, limit);
            }
        }
        return most;
    }

    private long limit(OpenClKernels kernels, KernelId id, int group) {
        try {
            long limit = driver.groupSize(id, () -> kernels.text(id));
            return limit == 0 ? group : limit;
        } catch (DeviceFailedException tooLarge) {
            if (group / 2 < OpenClKernels.SMALLEST_GROUP) {
                throw tooLarge;
            }
            return group / 2;
        }
    }

    /** The same device with groups of at most so many work-items. */
    static DeviceTraits withGroups(DeviceTraits traits, int most) {
        return new DeviceTraits(
                traits.cpu(),
                traits.halfArithmetic(),
                traits.subgroupSize(),
                traits.integerDot(),
                traits.localBytes(),
                Math.min(most, traits.groupSize()),
                traits.computeUnits(),
                traits.vectorFloats(),
                traits.sharesHostMemory());
    }
}
