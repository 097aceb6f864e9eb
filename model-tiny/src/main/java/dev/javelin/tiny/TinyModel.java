package dev.javelin.tiny;

import dev.javelin.runtime.Model;
import dev.javelin.runtime.ModelBuilder;
import dev.javelin.runtime.gguf.GgufFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A chat model of 3.5 million parameters, inside this jar. It is for demonstrations and tests: it was trained on a synthetic
 * corpus of short stories, capitals, small sums, opposites, sorting, JSON extraction and function calls, knows nothing else, and
 * says wrong things with confidence.
 */
public final class TinyModel {
    private static final String FILE = "tiny-f16.gguf";

    private TinyModel() {}

    /** Opens it as a builder says; {@link ModelBuilder#load} opens it. */
    public static ModelBuilder builder() {
        return Model.from(TinyModel::open);
    }

    /** Its file, in memory of its own, which lives as long as somebody holds it. */
    public static GgufFile open() {
        try (InputStream in = TinyModel.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the jar must hold its model: resource=" + FILE);
            }
            byte[] bytes = in.readAllBytes();
            MemorySegment memory = Arena.ofAuto().allocate(bytes.length, Long.BYTES);
            MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
            return GgufFile.of("tiny", memory);
        } catch (IOException e) {
            throw new UncheckedIOException("the jar must be readable: resource=" + FILE, e);
        }
    }
}
