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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The texts of the kernels: which pieces make up the file of a kernel. */
final class Sources {
    private static final String FORMAT = "a format";
    private static final String QUANTS = "a format as integers";

    /** The pieces of each file, in order. Files that read weights end in the name of a format. */
    private static final Map<String, List<String>> FILES = Map.ofEntries(
            Map.entry("embed", List.of("weights", FORMAT, "embed")),
            Map.entry("matmul", List.of("weights", FORMAT, "load4", "product", "matmul")),
            Map.entry("tiled", List.of("weights", FORMAT, "load4", "tiled")),
            Map.entry("quantise", List.of("quantise")),
            Map.entry("integer", List.of("weights", "quants", QUANTS, "integer")),
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
        return FILES.entrySet().stream().flatMap(file -> {
            List<Format> formats = formats(file.getValue());
            return formats.isEmpty()
                    ? Stream.of(file.getKey())
                    : formats.stream().map(format -> file(file.getKey(), format));
        });
    }

    /** Those for which there is a file of these pieces; none where it is one for all. */
    private static List<Format> formats(List<String> pieces) {
        return Arrays.stream(Format.values())
                .filter(format -> (pieces.contains(FORMAT) && !format.storageOnly())
                        || (pieces.contains(QUANTS) && IntegerProducts.FORMATS.contains(format)))
                .toList();
    }

    static String text(KernelId kernel) {
        for (Map.Entry<String, List<String>> file : FILES.entrySet()) {
            if (file.getKey().equals(kernel.file())) {
                return join(file.getValue(), piece -> piece);
            }
            for (Format format : formats(file.getValue())) {
                if (kernel.file().equals(file(file.getKey(), format))) {
                    return join(file.getValue(), piece -> switch (piece) {
                        case FORMAT -> "formats/" + Packings.of(format).text();
                        case QUANTS -> "quants/" + stem(format);
                        default -> piece;
                    });
                }
            }
        }
        throw new IllegalArgumentException("there is no such file of kernels: file=" + kernel.file());
    }

    private static String join(List<String> pieces, UnaryOperator<String> named) {
        return Stream.concat(Stream.of("common"), pieces.stream())
                .map(piece -> read(named.apply(piece)))
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
