package dev.javelin.runtime.gguf;

import java.nio.file.Path;
import java.util.List;

/**
 * A GGUF file that has what every model needs: the name of its architecture, a vocabulary, and tensors that all have their
 * data, in formats that can be read. Whether they are those of its architecture is for the family to say.
 *
 * <p>The opener closes it. Usable from any thread.
 */
public final class GgufModel implements AutoCloseable {

    private final GgufFile file;

    private GgufModel(GgufFile file) {
        this.file = file;
    }

    /**
     * Opens a file as a model.
     *
     * @throws GgufException if it cannot be read, or is not a model
     */
    public static GgufModel open(Path path) {
        GgufFile file = GgufFile.open(path);
        try {
            return of(file);
        } catch (Throwable refused) {
            file.close();
            throw refused;
        }
    }

    /**
     * The model in a file, which it closes.
     *
     * @throws GgufException with the first of its {@link #faults}; then the file stays open
     */
    public static GgufModel of(GgufFile file) {
        List<GgufFault> faults = faults(file);
        if (faults.isEmpty()) {
            return new GgufModel(file);
        }
        String others = faults.size() == 1 ? "" : "; and " + (faults.size() - 1) + " more";
        throw new GgufException(faults.getFirst().message() + others);
    }

    /** Why a file is not a model, all reasons; empty if it is one. */
    public static List<GgufFault> faults(GgufFile file) {
        return ModelRules.faults(file);
    }

    /** The file, which is closed with this. */
    public GgufFile file() {
        return file;
    }

    /** What the file says about itself. */
    public GgufMetadata metadata() {
        return file.metadata();
    }

    /** The name of the architecture, with which the keys of its sizes begin. */
    public String architecture() {
        return metadata().string("general.architecture");
    }

    @Override
    public void close() {
        file.close();
    }
}
