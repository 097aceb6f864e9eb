package dev.javelin.kernels.opencl;

import dev.javelin.api.Format;
import dev.javelin.kernels.gpu.KernelId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The texts of the kernels: which pieces make up the file of a kernel. */
final class Sources {
    private static final String FORMAT = "a format";

    /** The pieces of each file, in order. Files that read weights end in the name of a format. */
    private static final Map<String, List<String>> FILES = Map.ofEntries(
            Map.entry("embed", List.of("weights", FORMAT, "embed")),
            Map.entry("matmul", List.of("weights", FORMAT, "load4", "product", "matmul")),
            Map.entry("tiled", List.of("weights", FORMAT, "load4", "tiled")),
            Map.entry("expert", List.of("weights", FORMAT, "load4", "product", "expert")),
            Map.entry("norm", List.of("norm")),
            Map.entry("rope", List.of("rope")),
            Map.entry("write_kv", List.of("kv", "write_kv")),
            Map.entry("attention", List.of("kv", "attention")),
            Map.entry("packed", List.of("kv", "packed")),
            Map.entry("pointwise", List.of("rows", "pointwise")),
            Map.entry("choose", List.of("largest", "choose")),
            Map.entry("route", List.of("largest", "route")));

    private Sources() {}

    /** How the names of files have a format. */
    static String stem(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    /** The file of a family for weights of a format. */
    static String file(String family, Format format) {
        return family + "_" + stem(format);
    }

    /** The names of all files. */
    static Stream<String> files() {
        return FILES.entrySet().stream()
                .flatMap(file -> file.getValue().contains(FORMAT)
                        ? Arrays.stream(Format.values())
                                .filter(format -> !format.storageOnly())
                                .map(format -> file(file.getKey(), format))
                        : Stream.of(file.getKey()));
    }

    static String text(KernelId kernel) {
        for (Map.Entry<String, List<String>> file : FILES.entrySet()) {
            if (file.getKey().equals(kernel.file())) {
                return join(file.getValue(), "");
            }
            for (Format format : Format.values()) {
                if (kernel.file().equals(file(file.getKey(), format))) {
                    return join(
                            file.getValue(), "formats/" + Packings.of(format).text());
                }
            }
        }
        throw new IllegalArgumentException("there is no such file of kernels: file=" + kernel.file());
    }

    private static String join(List<String> pieces, String format) {
        return Stream.concat(Stream.of("common"), pieces.stream())
                .map(piece -> read(piece.equals(FORMAT) ? format : piece))
                .collect(Collectors.joining("\n"));
    }

    private static String read(String piece) {
        String file = piece + ".cl";
        try (InputStream in = Sources.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the kernels must be among what is shipped: file=" + file
                        + "; the jar is damaged, get it anew");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the kernels must be readable: file=" + file, e);
        }
    }
}
