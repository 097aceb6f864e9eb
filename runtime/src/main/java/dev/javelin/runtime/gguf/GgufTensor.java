package dev.javelin.runtime.gguf;

import dev.javelin.api.Format;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a GGUF file says of one tensor.
 *
 * @param dims 1 to 4 sizes in the order of the file: the first is the row, whose elements follow one another
 * @param formatId the number by which the file names the format
 * @param format what that number means, or null if Javelin does not read it
 * @param part the file of a split model that holds the data, from 0
 * @param offset of the data from where the data of that file begin, as the file says
 * @param bytes of the data; -1 if they cannot be known
 */
public record GgufTensor(
        String name,
        List<Long> dims,
        int formatId,
        @Nullable Format format,
        int part,
        long offset,
        long bytes) {

    public GgufTensor {
        dims = List.copyOf(dims);
    }
}
