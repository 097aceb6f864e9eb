package dev.javelin.api;

/**
 * Watches weights being placed. Called from any thread, never from two at once; must return quickly, and leave alone the device
 * that is being loaded: its work waits for the end of placing.
 */
public interface LoadListener {

    /** Watches nothing and never cancels. */
    LoadListener NONE = (done, total) -> {};

    /** So many bytes of the source have been placed. */
    void progress(long bytesDone, long bytesTotal);

    /** Asked between pieces of a few megabytes at most; true ends placing with {@link LoadCancelledException}. */
    default boolean cancelled() {
        return false;
    }
}
