package dev.javelin.conformance;

import dev.javelin.api.Device;
import dev.javelin.api.Format;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long operations take, roughly: the best of some runs, small programs, a machine that may be busy. */
final class Speed {

    private static final long SEED = 1;

    private Speed() {}

    static String markdown(List<Device> devices) {
        StringBuilder table = new StringBuilder("| operation |");
        devices.forEach(device -> table.append(' ').append(device.info().id()).append(" |"));
        table.append("\n").append("|---|");
        devices.forEach(device -> table.append("---|"));
        table.append("\n");
        for (Format format : Axes.FORMAT.values()) {
            for (String tokens : List.of("1", "33")) {
                Map<String, String> wishes =
                        Map.of("format", format.name(), "rows", "1000", "blocks", "3", "tokens", tokens);
                long work = 1000L * Axes.columns(format, 3) * Integer.parseInt(tokens);
                row(
                        table,
                        "MatMul %s, %s tokens".formatted(format, tokens),
                        Cases.typical("MatMul", wishes, SEED),
                        work,
                        devices);
            }
        }
        for (String family : Cases.families()) {
            if (!family.equals("MatMul")) {
                Case tried = Cases.typical(family, Map.of("tokens", "33", "scene", "DECODE_MANY"), SEED);
                row(table, family, tried, 0, devices);
            }
        }
        return table.toString();
    }

    /** @param work multiply-adds, or 0 where time is all there is to say */
    private static void row(StringBuilder table, String what, Case tried, long work, List<Device> devices) {
        table.append("| ").append(what).append(" |");
        for (Device device : devices) {
            table.append(' ');
            if (tried.program().ops().stream().allMatch(device::supports)) {
                long nanos = DeviceRun.nanos(device, tried);
                table.append(
                        work == 0
                                ? String.format(Locale.ROOT, "%.1f µs", nanos / 1e3)
                                : String.format(Locale.ROOT, "%.2f G multiply-adds/s", (double) work / nanos));
            } else {
                table.append('-');
            }
            table.append(" |");
        }
        table.append("\n");
    }
}
