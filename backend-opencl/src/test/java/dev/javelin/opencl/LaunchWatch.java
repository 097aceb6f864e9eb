package dev.javelin.opencl;

import java.util.HashMap;
import java.util.Map;

/** Groups of each kernel's latest launch. */
final class LaunchWatch {
    private final Map<Long, String> kernels = new HashMap<>();
    private final Map<String, Long> groups = new HashMap<>();
    private final OpenCl watched;

    /** Watches what goes through to those functions. */
    LaunchWatch(OpenCl real) {
        this.watched = Found.watched((proxy, method, arguments) -> {
            Object answer = Found.ask(real, method, arguments);
            if (arguments != null) {
                switch (method.getName()) {
                    case "createKernel" -> kernels.put((Long) answer, (String) arguments[1]);
                    case "enqueueNdRangeKernel" ->
                        groups.put(
                                kernels.getOrDefault((Long) arguments[1], ""),
                                groups((int) arguments[2], (long[]) arguments[3], (long[]) arguments[4]));
                    default -> {}
                }
            }
            return answer;
        });
    }

    private static long groups(int axes, long[] global, long[] local) {
        long all = 1;
        for (int axis = 0; axis < axes; axis++) {
            all *= global[axis] / local[axis];
        }
        return all;
    }

    OpenCl functions() {
        return watched;
    }

    /** By the name of the kernel. */
    Map<String, Long> groups() {
        return groups;
    }
}
