package dev.javelin.cli;

import dev.javelin.runtime.Generation;
import dev.javelin.runtime.Model;
import dev.javelin.runtime.ModelBuilder;
import dev.javelin.runtime.UserFolders;

/** The things that may take long, with a line that says how far they are. */
final class Loading {
    private Loading() {}

    /** Opens a model, which the caller closes. */
    static Model load(ModelBuilder builder, Screen screen) {
        UserFolders.ofUser().requireNamedOnesWritable();
        try (Progress progress = new Progress(screen, "loading")) {
            return builder.listener(progress::update).load();
        }
    }

    /** Hands all pieces to the writer, and ends it. */
    static void read(Generation generation, AnswerWriter writer, Screen screen) {
        try (Progress progress = new Progress(screen, "reading the prompt")) {
            for (String piece : generation) {
                progress.end();
                writer.piece(piece);
            }
        } finally {
            generation.close();
            writer.end();
        }
    }
}
