package dev.javelin.cli;

import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.runtime.gguf.GgufTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tensors of a file in tables: by format, and by name, where those that differ in the layer only share a row. */
final class TensorSummary {
    private static final Pattern LAYER = Pattern.compile("\\.\\d+\\.");

    private final List<GgufTensor> tensors;

    TensorSummary(GgufFile file) {
        tensors = file.tensors();
    }

    long elements() {
        return tensors.stream().mapToLong(TensorSummary::elements).sum();
    }

    /** How many tensors, elements and bytes there are of each format. */
    List<String> formats() {
        Map<String, List<GgufTensor>> byFormat = tensors.stream()
                .collect(Collectors.groupingBy(TensorSummary::format, TreeMap::new, Collectors.toList()));
        Table table = new Table("format", "tensors", "elements", "bytes", "bits each");
        byFormat.forEach((format, all) -> {
            long elements = all.stream().mapToLong(TensorSummary::elements).sum();
            long bytes = all.stream().mapToLong(GgufTensor::bytes).sum();
            table.row(
                    format,
                    Integer.toString(all.size()),
                    Sizes.number((double) elements, ""),
                    Sizes.text(bytes),
                    elements == 0 ? "" : String.format(Locale.ROOT, "%.2f", bytes * 8.0 / elements));
        });
        return table.lines();
    }

    /** One row for each, or for each kind. */
    List<String> names(boolean each) {
        Map<String, List<GgufTensor>> kinds = new LinkedHashMap<>();
        for (GgufTensor tensor : tensors) {
            String name = each ? tensor.name() : LAYER.matcher(tensor.name()).replaceFirst(".*.");
            String kind = String.join("\n", name, format(tensor), tensor.dims().toString());
            kinds.computeIfAbsent(kind, fresh -> new ArrayList<>()).add(tensor);
        }
        Table table = new Table("tensor", "format", "shape", "bytes", "count");
        kinds.forEach((kind, all) -> table.row(
                Quoted.of(kind.substring(0, kind.indexOf('\n'))).replaceAll("^\"|\"$", ""),
                format(all.getFirst()),
                all.getFirst().dims().stream().map(String::valueOf).collect(Collectors.joining(" × ")),
                Sizes.text(all.stream().mapToLong(GgufTensor::bytes).sum()),
                Integer.toString(all.size())));
        return table.lines();
    }

    static String format(GgufTensor tensor) {
        return tensor.format() == null
                ? "unknown (" + tensor.formatId() + ")"
                : tensor.format().name();
    }

    private static long elements(GgufTensor tensor) {
        return tensor.dims().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
    }
}
