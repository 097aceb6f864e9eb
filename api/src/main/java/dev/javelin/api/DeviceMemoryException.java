package dev.javelin.api;

/** A device has not enough memory for what was asked; nothing was taken. */
public final class DeviceMemoryException extends JavelinException {
    private static final long serialVersionUID = 1L;

    private final long needed;
    private final long available;

    public DeviceMemoryException(String device, String what, long needed, long available) {
        super(("not enough device memory: device=%s, for=%s, bytesNeeded=%d, bytesAvailable=%d;"
                        + " close something on the device, or ask for less")
                .formatted(device, what, needed, available));
        this.needed = needed;
        this.available = available;
    }

    /** Bytes that the request would have taken. */
    public long needed() {
        return needed;
    }

    /** Bytes that were to be had at that moment. */
    public long available() {
        return available;
    }
}
