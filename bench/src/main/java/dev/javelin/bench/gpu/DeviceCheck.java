package dev.javelin.bench.gpu;

import dev.javelin.api.JavelinException;
import dev.javelin.cuda.vectors.VectorsOnGpu;
import dev.javelin.runtime.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One check of one device: {@code probe}, {@code kit DEVICE}, {@code tiny DEVICE}, {@code ceiling DEVICE}, {@code speed DEVICE SHAPE
 * FORMAT}, or {@code vectors DEVICE FILE}, which executes single instructions on a device of CUDA and writes what came out. Prints one line, writes one JSON object to the file that the system property {@code javelin.check.out} names, tells its
 * progress on standard error, and ends with 1 if something is wrong.
 */
public final class DeviceCheck {

    private DeviceCheck() {}

    /** Runs the check. */
    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("check", String.join(" ", words));
        long begun = System.nanoTime();
        boolean passed;
        try {
            passed = run(words, report);
        } catch (RuntimeException | LinkageError failed) {
            report.put("failure", failed.toString());
            passed = false;
        }
        report.put("passed", passed);
        report.put("seconds", (System.nanoTime() - begun) / 1e9);
        report.put("jvm", Runtime.version().toString());
        String out = System.getProperty("javelin.check.out");
        if (out != null) {
            Files.writeString(Path.of(out), JsonText.of(report) + "\n");
        }
        System.out.println(line(report));
        System.exit(passed ? 0 : 1);
    }

    /** The numbers and the failure, which is what is read first. */
    private static String line(Map<String, Object> report) {
        String facts = report.entrySet().stream()
                .filter(entry ->
                        entry.getValue() instanceof Number || entry.getKey().equals("failure"))
                .map(entry -> entry.getKey() + " "
                        + (entry.getValue() instanceof Double number
                                ? String.format(Locale.ROOT, number < 1e6 ? "%.2f" : "%.4g", number)
                                : entry.getValue()))
                .collect(Collectors.joining(", "));
        boolean passed = Boolean.TRUE.equals(report.get("passed"));
        return "%s: %s; %s".formatted(report.get("check"), passed ? "passed" : "FAILED", facts);
    }

    private static boolean run(List<String> words, Map<String, Object> report) throws IOException {
        String check = words.isEmpty() ? "" : words.getFirst();
        if (check.equals("probe")) {
            return probe(report);
        }
        if (words.size() < 2) {
            throw new JavelinException(
                    "expected probe, or kit, tiny, ceiling, speed or vectors with a device: arguments=" + words);
        }
        Devices.Found found = Devices.find().choose(words.get(1));
        report.put("device", found.info().id());
        report.put("name", found.info().name());
        return switch (check) {
            case "kit" -> new KitCheck(found).run(report);
            case "tiny" -> new TinyCheck(found.info().id()).run(report);
            case "ceiling" -> new CeilingCheck(found).run(report);
            case "speed" -> new SpeedCheck(found.info().id()).run(words.get(2), words.get(3), report);
            case "vectors" -> vectors(found.info().id(), Path.of(words.get(2)), report);
            default -> throw new JavelinException("there is no such check: check=" + check);
        };
    }

    private static boolean vectors(String device, Path out, Map<String, Object> report) throws IOException {
        VectorsOnGpu.Outcome outcome =
                VectorsOnGpu.run(Integer.parseInt(device.substring(device.indexOf(':') + 1)), out);
        report.put("executed", outcome.executed());
        report.put("newer", outcome.newer());
        report.put("wrong", outcome.wrong().size());
        report.put("differences", outcome.wrong());
        outcome.wrong().forEach(System.err::println);
        return outcome.wrong().isEmpty();
    }

    private static boolean probe(Map<String, Object> report) {
        Devices devices = Devices.find();
        report.put(
                "devices",
                devices.found().stream()
                        .map(found -> Map.of(
                                "id", found.info().id(),
                                "name", found.info().name(),
                                "kind", found.info().kind(),
                                "memory_bytes", found.info().memoryTotal(),
                                "free_bytes", found.info().memoryFree(),
                                "features", List.copyOf(found.info().features())))
                        .toList());
        report.put(
                "missing",
                devices.missing().stream()
                        .map(missing -> Map.of(
                                "backend", missing.backend(), "reason", missing.reason(), "remedy", missing.remedy()))
                        .toList());
        return !devices.found().isEmpty();
    }
}
