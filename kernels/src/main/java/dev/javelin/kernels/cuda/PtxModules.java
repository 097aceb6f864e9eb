package dev.javelin.kernels.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The modules that are shipped. */
final class PtxModules {
    private PtxModules() {}

    /** The text of a module as it suits a target best. */
    static String text(String module, PtxTarget target) {
        for (PtxTarget tried : target.preferred()) {
            String text = read(tried.folder() + "/" + module + ".ptx");
            if (text != null) {
                return text;
            }
        }
        throw new IllegalArgumentException(
                "there is no such module of kernels: module=%s, target=%s".formatted(module, target));
    }

    private static @Nullable String read(String file) {
        try (InputStream in = PtxModules.class.getResourceAsStream(file)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("the kernels must be readable: file=" + file, e);
        }
    }
}
