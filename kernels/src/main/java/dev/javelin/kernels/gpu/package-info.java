/**
 * Everything about a device that has memory of its own except its kernels and its driver: life cycle, uploads, state blocks,
 * plans. {@link dev.javelin.kernels.gpu.GpuKernels} says what to launch.
 */
@NullMarked
package dev.javelin.kernels.gpu;

import org.jspecify.annotations.NullMarked;
