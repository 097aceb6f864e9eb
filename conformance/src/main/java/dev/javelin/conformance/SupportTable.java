package dev.javelin.conformance;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.Format;
import dev.javelin.api.FusedOp;
import dev.javelin.api.Op;
import dev.javelin.api.Probe;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.StringJoiner;

/**
 * What each device on the class path or module path can do, as Markdown: a device can do what it says it supports and what
 * passed a case.
 *
 * <p>{@code main} prints the table; with {@code --speed} how fast they are, roughly; with {@code --write FILE} it puts the table
 * between the markers of that file.
 */
public final class SupportTable {

    static final String BEGIN = "<!-- support-table:begin -->";
    static final String END = "<!-- support-table:end -->";

    private static final String USAGE = """
        What the devices of this machine can do, each thing checked against the reference.

          SupportTable               prints a table of operations and weight formats
          SupportTable --speed       prints how fast each device is, roughly; takes about a minute a device
          SupportTable --write FILE  puts the table between the markers of a Markdown file
        """;

    private static final long SEED = 1;

    /** Sizes that say more than the smallest ones. */
    private static final Map<String, String> SIZES = Map.of("tokens", "2", "rows", "33", "blocks", "2", "scene", "FEW");

    /** The operations that read weights of any format. */
    private static final List<String> BY_FORMAT = List.of("Embed", "MatMul", "ExpertMatMul");

    /** What is not one operation. */
    private static final List<String> WHOLE = List.of("Sequences", "Experts", "Model");

    private SupportTable() {}

    /** The table for these devices, each a column under its backend's id. The caller closes them. */
    public static String markdown(List<Device> devices) {
        List<Device> columns = devices.stream()
                .sorted(Comparator.comparing((Device device) -> device.info().kind() == DeviceInfo.Kind.REFERENCE)
                        .thenComparing(device -> device.info().id()))
                .toList();
        StringBuilder table = new StringBuilder();
        head(table, "operation", columns);
        for (String family : Cases.families()) {
            if (!WHOLE.contains(family) && !BY_FORMAT.contains(family)) {
                row(table, family, columns, device -> operation(device, Cases.typical(family, SIZES, SEED)));
            }
        }
        table.append("\n");
        head(table, "weights in", columns);
        for (Format format : Axes.FORMAT.values()) {
            row(table, format.name(), columns, device -> format(device, format));
        }
        return table.toString();
    }

    /** What a cell says of a device. */
    @FunctionalInterface
    private interface Cell {
        String of(Device device);
    }

    private static void head(StringBuilder table, String what, List<Device> columns) {
        StringJoiner names = new StringJoiner(" | ", "| ", " |" + "\n");
        StringJoiner rule = new StringJoiner("|", "|", "|" + "\n");
        names.add(what);
        rule.add("---");
        for (Device device : columns) {
            String id = device.info().id();
            names.add(id.contains(":") ? id.substring(0, id.indexOf(':')) : id);
            rule.add("---");
        }
        table.append(names).append(rule);
    }

    private static void row(StringBuilder table, String what, List<Device> columns, Cell cell) {
        StringJoiner row = new StringJoiner(" | ", "| ", " |" + "\n");
        row.add(what);
        columns.forEach(device -> row.add(cell.of(device)));
        table.append(row);
    }

    private static String operation(Device device, Case tried) {
        if (!passes(device, tried)) {
            return "no";
        }
        Op op = tried.program().ops().getFirst();
        return op instanceof FusedOp && !device.supports(op) ? "by its parts" : "yes";
    }

    private static String format(Device device, Format format) {
        List<String> passed = new ArrayList<>();
        Map<String, String> wishes = new HashMap<>(SIZES);
        wishes.put("format", format.name());
        for (String family : BY_FORMAT) {
            if (passes(device, Cases.typical(family, wishes, SEED))) {
                passed.add(family);
            }
        }
        return passed.equals(BY_FORMAT) ? "yes" : passed.isEmpty() ? "no" : "only " + String.join(", ", passed);
    }

    private static boolean passes(Device device, Case tried) {
        return new CaseRunner(null).check(device, tried).passed();
    }

    /** The text with the table between its markers. */
    public static String replaced(String text, String table) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "the text needs the markers %s and %s, in that order".formatted(BEGIN, END));
        }
        return text.substring(0, begin + BEGIN.length()) + "\n\n" + table + "\n" + text.substring(end);
    }

    /** The first device of every backend that finds one; of the reference only if {@code withReference}. */
    private static List<Device> open(boolean withReference) {
        List<Device> devices = new ArrayList<>();
        for (Backend backend : ServiceLoader.load(Backend.class)) {
            switch (backend.probe()) {
                case Probe.Found(List<DeviceInfo> found) -> {
                    DeviceInfo first = found.getFirst();
                    if (withReference || first.kind() != DeviceInfo.Kind.REFERENCE) {
                        devices.add(backend.open(first));
                    }
                }
                case Probe.Unavailable(String reason, String remedy) ->
                    System.err.printf("%s is left out: %s; %s%n", backend.id(), reason, remedy);
            }
        }
        return devices;
    }

    /** On a terminal, what comes next, in place of what came before; nowhere else. */
    private static void progress(String next) {
        if (Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()) {
            System.err.printf("\r%-40s\r", next);
        }
    }

    public static void main(String[] arguments) throws IOException {
        List<String> wishes = List.of(arguments);
        boolean speed = wishes.equals(List.of("--speed"));
        boolean write = wishes.size() == 2 && wishes.getFirst().equals("--write");
        if (wishes.equals(List.of("--help"))) {
            System.out.print(USAGE);
            return;
        }
        if (!speed && !write && !wishes.isEmpty()) {
            System.err.printf("unknown arguments: %s%n%s", wishes, USAGE);
            System.exit(2);
        }
        List<Device> devices = open(!speed);
        try {
            if (speed) {
                String table = new Speed(devices, SupportTable::progress).markdown();
                progress("");
                System.out.print(table);
            } else if (write) {
                Path file = Path.of(wishes.getLast());
                Files.writeString(file, replaced(Files.readString(file), markdown(devices)));
            } else {
                System.out.print(markdown(devices));
            }
        } finally {
            devices.forEach(Device::close);
        }
    }
}
