package dev.javelin.cuda;

import dev.javelin.api.DeviceInfo;
import dev.javelin.kernels.cuda.PtxTarget;
import dev.javelin.kernels.gpu.DeviceTraits;

/**
 * A device that was found, not open.
 *
 * @param number by which the driver knows it
 * @param target of the kernels that suit it best
 */
record CudaDevice(int number, PtxTarget target, DeviceInfo info, DeviceTraits traits) {}
