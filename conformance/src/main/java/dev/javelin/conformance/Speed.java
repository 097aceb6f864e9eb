package dev.javelin.conformance;

import dev.javelin.api.Device;
import dev.javelin.api.Format;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;

/**
 * How long operations take, roughly: the best of some runs after a warm-up. The programs are small and fit into caches, so this
 * shows what a device computes, not what it reads from memory; the module bench measures that.
 */
final class Speed {

    private static final long SEED = 1;
    private static final int ROWS = 1000;
    private static final int BLOCKS = 7;
    private static final List<Integer> TOKENS = List.of(1, 33);

    private final List<Device> devices;
    private final Consumer<String> progress;

    /** Tells {@code progress} what comes next. */
    Speed(List<Device> devices, Consumer<String> progress) {
        this.devices = devices;
        this.progress = progress;
    }

    String markdown() {
        StringBuilder table = new StringBuilder();
        head(
                table,
                "multiply-adds per second (10⁹), weights in",
                TOKENS.stream().map("%d tokens"::formatted).toList());
        for (Format format : Axes.FORMAT.values()) {
            products(table, format);
        }
        table.append("\n");
        head(table, "microseconds, 33 tokens", List.of(""));
        for (String family : Cases.families()) {
            if (!family.equals("MatMul")) {
                times(table, family);
            }
        }
        return table.toString();
    }

    private void head(StringBuilder table, String what, List<String> columns) {
        StringJoiner names = new StringJoiner(" | ", "| ", " |\n").add(what);
        StringJoiner rule = new StringJoiner("|", "|", "|\n").add("---");
        for (Device device : devices) {
            for (String column : columns) {
                names.add(column.isEmpty() ? device.info().id() : device.info().id() + ", " + column);
                rule.add("--:");
            }
        }
        table.append(names).append(rule);
    }

    private void products(StringBuilder table, Format format) {
        progress.accept("MatMul " + format);
        StringJoiner row = new StringJoiner(" | ", "| ", " |\n").add(format.name());
        double weights = (double) ROWS * Axes.columns(format, BLOCKS);
        for (Device device : devices) {
            for (int tokens : TOKENS) {
                Map<String, String> wishes = Map.of(
                        "format", format.name(), "rows", "" + ROWS, "blocks", "" + BLOCKS, "tokens", "" + tokens);
                double nanos = nanos(device, Cases.typical("MatMul", wishes, SEED));
                row.add(nanos < 0 ? "-" : String.format(Locale.ROOT, "%.2f", weights * tokens / nanos));
            }
        }
        table.append(row);
    }

    private void times(StringBuilder table, String family) {
        progress.accept(family);
        StringJoiner row = new StringJoiner(" | ", "| ", " |\n").add(family);
        Case tried = Cases.typical(family, Map.of("tokens", "33", "scene", "DECODE_MANY"), SEED);
        for (Device device : devices) {
            double nanos = nanos(device, tried);
            row.add(nanos < 0 ? "-" : String.format(Locale.ROOT, "%.1f", nanos / 1e3));
        }
        table.append(row);
    }

    /** Negative if the device cannot do it as it is. */
    private static double nanos(Device device, Case tried) {
        return tried.program().ops().stream().allMatch(device::supports) ? DeviceRun.nanos(device, tried) : -1;
    }
}
