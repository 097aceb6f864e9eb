package dev.javelin.opencl;

import dev.javelin.api.DeviceInfo;
import dev.javelin.kernels.gpu.DeviceTraits;

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
        long alignment) {}
