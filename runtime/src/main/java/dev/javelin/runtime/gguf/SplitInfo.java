package dev.javelin.runtime.gguf;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a file says of the split model that it belongs to.
 *
 * @param number of this part, from 0
 * @param count of parts; 1 if the model is not split
 * @param tensors in all parts, or null if the file does not say
 */
record SplitInfo(int number, int count, @Nullable Long tensors) {

    private static final String COUNT = "split.count";
    private static final String NUMBER = "split.no";
    private static final String TENSORS = "split.tensors.count";
    private static final int MOST_PARTS = 0xFFFF; // the key has 16 bits

    static SplitInfo of(GgufMetadata metadata) {
        long count = metadata.optionalInteger(COUNT).orElse(0);
        if (count < 0 || count > MOST_PARTS) {
            throw GgufException.of(
                    metadata.file(), "a model has at most %d parts: key=%s, value=%d", MOST_PARTS, COUNT, count);
        }
        if (count <= 1) {
            return new SplitInfo(0, 1, null);
        }
        long number = metadata.integer(NUMBER);
        if (number < 0 || number >= count) {
            throw GgufException.of(
                    metadata.file(),
                    "parts are numbered from 0 to %s - 1: %s=%d, %1$s=%d",
                    COUNT,
                    NUMBER,
                    number,
                    count);
        }
        Long tensors = metadata.has(TENSORS) ? metadata.integer(TENSORS) : null;
        return new SplitInfo((int) number, (int) count, tensors);
    }

    /** Whether both can be said by parts of one model. */
    boolean agrees(SplitInfo other) {
        return count == other.count && Objects.equals(tensors, other.tensors);
    }
}
