package dev.javelin.opencl;

import dev.javelin.api.DeviceInfo;
import dev.javelin.kernels.gpu.DeviceTraits;
import java.util.Set;
import java.util.TreeSet;

/**
 * A device that was found, not open.
 *
 * @param platform handle
 * @param device handle
 * @param driver name and versions of all that builds programs for it: with another, programs are built anew
 * @param alignment of sub-buffers, in bytes
 */
record ClDevice(
        long platform,
        long device,
        DeviceInfo info,
        DeviceTraits traits,
        String driver,
        long largestAllocation,
        long alignment) {

    /** The same device with groups of at most so many work-items. */
    ClDevice withGroups(int most) {
        return new ClDevice(
                platform, device, info, GroupFit.withGroups(traits, most), driver, largestAllocation, alignment);
    }

    /** The same device, used as if it were a GPU with memory of its own. */
    ClDevice asGpu() {
        DeviceTraits gpu = new DeviceTraits(
                false,
                traits.halfArithmetic(),
                traits.subgroupSize(),
                traits.integerDot(),
                traits.localBytes(),
                traits.groupSize(),
                traits.computeUnits(),
                traits.vectorFloats(),
                false);
        Set<String> features = new TreeSet<>(info.features());
        features.removeAll(traits.features());
        features.addAll(gpu.features());
        features.add("as=gpu");
        DeviceInfo changed = new DeviceInfo(
                info.id(), info.name(), DeviceInfo.Kind.GPU, info.memoryTotal(), info.memoryFree(), features, false);
        return new ClDevice(platform, device, changed, gpu, driver, largestAllocation, alignment);
    }
}
