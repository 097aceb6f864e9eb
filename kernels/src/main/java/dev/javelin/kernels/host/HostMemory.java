package dev.javelin.kernels.host;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory of the machine, or of the container where there is one.
 *
 * @param total bytes
 * @param free bytes that can be had without taking any from others; what caches files is given up when asked for
 */
public record HostMemory(long total, long free) {

    /** As it is now. */
    public static HostMemory now() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return of(Path.of("/"), system.getTotalMemorySize(), system.getFreeMemorySize());
    }

    /**
     * By Linux's files, where there are any.
     *
     * @param root of the file system
     * @param total of the machine or of the container, as the JVM sees it
     * @param unused not even caching files
     */
    static HostMemory of(Path root, long total, long unused) {
        List<String> machine = lines(root.resolve("proc/meminfo"));
        long available = value(machine, "MemAvailable:") * 1024;
        if (available == 0) {
            return new HostMemory(total, unused);
        }
        boolean limited = total < value(machine, "MemTotal:") * 1024;
        long inGroup = limited ? unused + cacheOfGroup(root) : available;
        return new HostMemory(total, Math.max(unused, Math.min(total, Math.min(available, inGroup))));
    }

    /** What the group of this process caches; inside a container that group is the root of what it sees. */
    private static long cacheOfGroup(Path root) {
        List<String> version2 = lines(root.resolve("sys/fs/cgroup/memory.stat"));
        if (!version2.isEmpty()) {
            return value(version2, "inactive_file") + value(version2, "active_file");
        }
        List<String> version1 = lines(root.resolve("sys/fs/cgroup/memory/memory.stat"));
        return value(version1, "total_inactive_file") + value(version1, "total_active_file");
    }

    /** The number behind the word that begins a line, or 0. */
    private static long value(List<String> lines, String name) {
        return lines.stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words.length >= 2 && words[0].equals(name) && words[1].matches("\\d{1,18}"))
                .mapToLong(words -> Long.parseLong(words[1]))
                .findFirst()
                .orElse(0);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException notThere) {
            return List.of();
        }
    }
}
