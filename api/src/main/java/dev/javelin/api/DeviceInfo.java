package dev.javelin.api;

import java.util.Set;

/**
 * A device that a probe found.
 *
 * @param id unique on the machine, the backend's id and a number, such as {@code cuda:0}
 * @param name as people know it
 * @param memoryTotal bytes
 * @param memoryFree bytes, when it was probed
 * @param features what kernels may choose by, such as {@code avx512}; for people and logs
 * @param sharesHostMemory whether it reads host memory as fast as its own
 */
public record DeviceInfo(
        String id,
        String name,
        Kind kind,
        long memoryTotal,
        long memoryFree,
        Set<String> features,
        boolean sharesHostMemory) {

    /** What a device is. */
    public enum Kind {
        CPU,
        GPU,
        /** Several devices that act as one. */
        GROUP,
        /** For comparison only; never chosen unasked. */
        REFERENCE
    }

    public DeviceInfo {
        Check.that(!id.isBlank() && !name.isBlank(), "a device needs an id and a name: id=%s, name=%s", id, name);
        features = Set.copyOf(features);
    }
}
