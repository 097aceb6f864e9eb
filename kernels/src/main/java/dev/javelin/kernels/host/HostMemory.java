package dev.javelin.kernels.host;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The memory of the machine, or of the container where there is one.
 *
 * @param total bytes
 * @param free bytes that nobody uses at the moment, not even to cache files
 */
public record HostMemory(long total, long free) {

    /** As it is now. */
    public static HostMemory now() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new HostMemory(system.getTotalMemorySize(), system.getFreeMemorySize());
    }
}
