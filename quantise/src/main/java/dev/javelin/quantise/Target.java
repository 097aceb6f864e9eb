package dev.javelin.quantise;

import dev.javelin.api.Format;
import dev.javelin.api.UnsupportedFormatException;
import dev.javelin.runtime.gguf.GgufTensor;
import java.util.Arrays;
import java.util.List;

/**
 * A format that files can be copied to, and what each tensor becomes then: every matrix of the layers, the embeddings and the
 * output get the format; norms, biases and what chooses experts stay what they were, for they are small and much hangs on them.
 */
enum Target {
    F32(Format.F32, 0),
    F16(Format.F16, 1),
    BF16(Format.BF16, 32),
    Q4_0(Format.Q4_0, 2),
    Q4_1(Format.Q4_1, 3),
    Q5_0(Format.Q5_0, 8),
    Q5_1(Format.Q5_1, 9),
    Q8_0(Format.Q8_0, 7);

    private final Format format;
    private final int fileType;

    Target(Format format, int fileType) {
        this.format = format;
        this.fileType = fileType;
    }

    static List<Format> formats() {
        return Arrays.stream(values()).map(target -> target.format).toList();
    }

    /**
     * The one of that format.
     *
     * @throws UnsupportedFormatException if there is none, with the list of those that there are
     */
    static Target of(Format format) {
        return Arrays.stream(values())
                .filter(target -> target.format == format)
                .findFirst()
                .orElseThrow(() -> new UnsupportedFormatException(
                        "a file is copied to one of %s: format=%s".formatted(formats(), format)));
    }

    /** The number by which files name it in {@code general.file_type}. */
    int fileType() {
        return fileType;
    }

    /** The format of a tensor in the copy, given what it is in the file. */
    Format of(GgufTensor tensor, Format now) {
        if (!isMatrix(tensor)) {
            return now;
        }
        boolean wholeBlocks = tensor.dims().getFirst() % format.blockLength() == 0;
        return wholeBlocks ? format : Format.F16;
    }

    private static boolean isMatrix(GgufTensor tensor) {
        String name = tensor.name();
        return tensor.dims().size() > 1
                && name.endsWith(".weight")
                && !name.endsWith("_norm.weight")
                && !name.endsWith(".ffn_gate_inp.weight");
    }
}
