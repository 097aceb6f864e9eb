package dev.javelin.bench.gpu;

import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.Probe;
import dev.javelin.conformance.CaseRunner;
import dev.javelin.conformance.Cases;
import dev.javelin.conformance.Promise;
import dev.javelin.conformance.Promises;
import dev.javelin.conformance.Selection;
import dev.javelin.conformance.Verdict;
import dev.javelin.kernels.reference.ReferenceBackend;
import dev.javelin.runtime.Devices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The conformance kit on a device, without a test framework. The system properties of the kit choose its extent and seed. */
final class KitCheck {
    private static final int SHOWN = 40;

    private final Devices.Found found;
    private final Map<String, int[]> counts = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private int failed;

    KitCheck(Devices.Found found) {
        this.found = found;
    }

    boolean run(Map<String, Object> report) {
        Selection selection = Selection.ofProperties();
        try (Device reference = reference();
                Device device = open()) {
            CaseRunner runner = new CaseRunner(reference);
            for (String family : Cases.families()) {
                long begun = System.nanoTime();
                Cases.of(family, selection).forEach(tried -> count(family, tried.name(), runner.check(device, tried)));
                System.err.printf("%s: %s, %.1f s%n", family, told(family), (System.nanoTime() - begun) / 1e9);
            }
        }
        for (Promise promise : Promises.all()) {
            count(promise.topic(), promise.name(), promise.check(this::open));
        }
        report.put("extent", selection.extent());
        report.put("seed", selection.seed());
        Map<String, Object> told = new LinkedHashMap<>();
        counts.keySet().forEach(family -> told.put(family, told(family)));
        report.put("families", told);
        report.put(
                "cases",
                counts.values().stream().mapToInt(of -> of[0] + of[1] + of[2]).sum());
        report.put("failed", failed);
        report.put("failures", failures);
        return failed == 0;
    }

    private String told(String family) {
        int[] of = counts.getOrDefault(family, new int[3]);
        return "%d passed, %d failed, %d refused".formatted(of[0], of[1], of[2]);
    }

    private void count(String family, String name, Verdict verdict) {
        int[] of = counts.computeIfAbsent(family, first -> new int[3]);
        switch (verdict) {
            case Verdict.Passed passed -> of[0]++;
            case Verdict.Failed(String reason) -> {
                of[1]++;
                failed++;
                System.err.println("FAILED " + name);
                if (failures.size() < SHOWN) {
                    failures.add(reason);
                }
            }
            case Verdict.Refused refused -> of[2]++;
        }
    }

    private Device open() {
        return found.backend().open(found.info());
    }

    private static Device reference() {
        ReferenceBackend backend = new ReferenceBackend();
        return switch (backend.probe()) {
            case Probe.Found(List<DeviceInfo> devices) -> backend.open(devices.getFirst());
            case Probe.Unavailable(String reason, String remedy) -> throw new IllegalStateException(reason + remedy);
        };
    }
}
