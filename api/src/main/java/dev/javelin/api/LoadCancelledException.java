package dev.javelin.api;

/** Placing weights was cancelled by its {@link LoadListener}; all that had been taken was given back. */
public final class LoadCancelledException extends JavelinException {
    private static final long serialVersionUID = 1L;

    public LoadCancelledException(String device, long bytesDone, long bytesTotal) {
        super("loading was cancelled: device=%s, bytesDone=%d, bytesTotal=%d".formatted(device, bytesDone, bytesTotal));
    }
}
