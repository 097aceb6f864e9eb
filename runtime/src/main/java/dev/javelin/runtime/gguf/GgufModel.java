package dev.javelin.runtime.gguf;

import java.nio.file.Path;
import java.util.List;

/**
 * A GGUF file that has all that a model needs: an architecture that Javelin runs with its sizes, a vocabulary, and every
 * tensor in the right shape with all its data.
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

    /** Why a file is not a model; empty if it is one. Of very many faults only the first are told. */
    public static List<GgufFault> faults(GgufFile file) {
        return ModelRules.faults(file);
    }

    public GgufFile file() {
        return file;
    }

    public GgufMetadata metadata() {
        return file.metadata();
    }

    /** The name of the architecture, with which the keys of its sizes begin. */
    public String architecture() {
        return metadata().string("general.architecture");
    }

    /** The tensors as a device wants them, over the memory of the file. */
    public GgufWeights weights() {
        return new GgufWeights(file);
    }

    @Override
    public void close() {
        file.close();
    }
}
