package dev.javelin.cuda;

import dev.javelin.api.DeviceInfo;
import dev.javelin.kernels.gpu.DeviceTraits;

/**
 * A device that was found, not open.
 *
 * @param number by which the driver knows it
 * @param compute its compute capability, 10 times the major and once the minor number
 */
record CudaDevice(int number, int compute, DeviceInfo info, DeviceTraits traits) {}
