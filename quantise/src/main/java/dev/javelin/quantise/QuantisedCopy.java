package dev.javelin.quantise;

import dev.javelin.api.Format;
import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.runtime.gguf.GgufModel;
import dev.javelin.runtime.gguf.GgufOutput;
import dev.javelin.runtime.gguf.GgufTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A copy of a model file whose matrices are of another format. Metadata are kept, but for what they say about the formats and
 * the parts of the file; a split model becomes one file.
 *
 * <p>Every matrix gets the format itself. No mix of formats is made, and no importance of weights is taken into account.
 *
 * <p>Owns nothing: the file stays open while this is in use, and its opener closes it. For one thread.
 */
public final class QuantisedCopy {

    /** What is said anew, or holds for the layout of the old file only. */
    private static final Set<String> DROPPED = Set.of(
            "general.alignment",
            "general.file_type",
            "general.quantization_version",
            "split.no",
            "split.count",
            "split.tensors.count");

    private static final int QUANTISATION_VERSION = 2;

    private final GgufOutput output;

    private QuantisedCopy(GgufOutput output) {
        this.output = output;
    }

    /** The formats that there are encoders for. */
    public static List<Format> formats() {
        return Target.formats();
    }

    /**
     * A copy of {@code file} in {@code format}.
     *
     * @throws dev.javelin.api.UnsupportedFormatException if the format is none of {@link #formats()}
     * @throws dev.javelin.runtime.gguf.GgufException if the file is not a model, or its weights have been quantised before
     */
    public static QuantisedCopy of(GgufFile file, Format format) {
        Target target = Target.of(format);
        GgufModel.of(file); // refuses what cannot be read
        GgufOutput output = new GgufOutput();
        file.metadata().keys().stream()
                .filter(key -> !DROPPED.contains(key))
                .forEach(key -> output.copy(key, file.metadata()));
        output.uint32("general.quantization_version", QUANTISATION_VERSION)
                .uint32("general.file_type", target.fileType());
        for (GgufTensor tensor : file.tensors()) {
            Encoding encoding = Encoding.of(file, tensor, target);
            output.tensor(tensor.name(), encoding.to(), tensor.dims(), encoding);
        }
        return new QuantisedCopy(output);
    }

    /** Bytes of the copy. */
    public long fileBytes() {
        return output.bytes();
    }

    /** Writes the copy; see {@link #write(Path, GgufOutput.Listener)}. */
    public void write(Path copy) {
        write(copy, GgufOutput.Listener.NONE);
    }

    /**
     * Writes the copy, under another name until it is complete.
     *
     * @throws dev.javelin.runtime.gguf.GgufException if there is such a file already, the folder cannot be written to or lacks the room, writing fails,
     *     or the file it is made from changed meanwhile; nothing is left behind then
     * @throws dev.javelin.runtime.gguf.WriteCancelledException if the listener asked for it
     */
    public void write(Path copy, GgufOutput.Listener listener) {
        output.write(copy, listener);
    }
}
