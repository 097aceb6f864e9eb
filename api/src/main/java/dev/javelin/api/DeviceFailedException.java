package dev.javelin.api;

import org.jspecify.annotations.Nullable;

/** The hardware or its driver failed; the device is of no more use and should be closed. Other devices go on. */
public final class DeviceFailedException extends JavelinException {
    private static final long serialVersionUID = 1L;

    public DeviceFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
