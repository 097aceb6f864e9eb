/**
 * Everything about a device that works in host memory except its arithmetic: life cycle, buffers, state blocks, plans.
 * {@link dev.javelin.kernels.host.HostEngine} is what such a device adds.
 */
@NullMarked
package dev.javelin.kernels.host;

import org.jspecify.annotations.NullMarked;
