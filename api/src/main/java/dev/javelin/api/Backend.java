package dev.javelin.api;

/**
 * One kind of hardware, found by {@link java.util.ServiceLoader}. Constructing it loads no driver and prints nothing. Usable
 * from any thread.
 */
public interface Backend {

    /** Stable lower-case id used in flags, logs and metrics, such as {@code cuda}. */
    String id();

    /** Looks for usable devices. A missing driver is an answer, not an exception, and nothing is printed. */
    Probe probe();

    /**
     * Opens a device that {@link #probe()} reported. The caller closes it.
     *
     * @throws IllegalArgumentException if the device is not of this backend, or an option is unknown or unusable
     * @throws DeviceFailedException if the device cannot be used after all
     */
    Device open(DeviceInfo info, OpenOptions options);

    /** Opens a device as the backend thinks best. */
    default Device open(DeviceInfo info) {
        return open(info, OpenOptions.NONE);
    }
}
