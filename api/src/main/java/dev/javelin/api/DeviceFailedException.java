package dev.javelin.api;

import org.jspecify.annotations.Nullable;

/**
 * A run failed, or the hardware or its driver did. What the run would have written is unspecified. A plan in host memory can be
 * run again; elsewhere the device is of no more use unless it says otherwise, and should be closed. Other devices go on.
 */
public final class DeviceFailedException extends JavelinException {
    private static final long serialVersionUID = 1L;

    public DeviceFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
