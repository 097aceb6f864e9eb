package dev.javelin.runtime.gguf;

import dev.javelin.api.JavelinException;
import java.nio.file.Path;
import java.util.Locale;

/** Writing a file was cancelled by its listener; what had been written is gone. */
public final class WriteCancelledException extends JavelinException {
    private static final long serialVersionUID = 1L;

    WriteCancelledException(Path file, long bytesDone, long bytesTotal) {
        super(String.format(
                Locale.ROOT,
                "writing was cancelled: file=%s, bytesDone=%d, bytesTotal=%d",
                file,
                bytesDone,
                bytesTotal));
    }
}
