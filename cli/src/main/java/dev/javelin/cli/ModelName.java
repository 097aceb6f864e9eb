package dev.javelin.cli;

import dev.javelin.api.JavelinException;
import dev.javelin.runtime.Model;
import dev.javelin.runtime.ModelBuilder;
import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.tiny.TinyModel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What a user calls a model by: the path of a GGUF file, or {@code tiny}. */
record ModelName(String text) {
    static final String TINY = "tiny";

    static final String DESCRIPTION =
            "Path of a GGUF file (any part of a split one), or tiny for the small model that is part of the program.";

    /** The file, which the caller closes. */
    GgufFile open() {
        return isTiny() ? TinyModel.open() : GgufFile.open(path());
    }

    ModelBuilder builder() {
        return isTiny() ? TinyModel.builder() : Model.from(path());
    }

    private boolean isTiny() {
        return text.equals(TINY);
    }

    private Path path() {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw new JavelinException("the model must be a path or tiny: " + e.getMessage(), e);
        }
        if (Files.notExists(path)) {
            throw new JavelinException(
                    "there is no such model: file=" + text + "; give the path of a GGUF file, or tiny");
        }
        if (Files.isDirectory(path)) {
            throw new JavelinException("the model is a folder: file=" + text + "; give the path of a GGUF file in it");
        }
        return path;
    }
}
