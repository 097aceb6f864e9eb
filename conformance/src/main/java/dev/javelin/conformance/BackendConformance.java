package dev.javelin.conformance;

import dev.javelin.api.Backend;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
import dev.javelin.api.OpenOptions;
import dev.javelin.api.Probe;
import dev.javelin.kernels.reference.ReferenceBackend;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The kit as JUnit tests of one device. A backend's author extends it and says which backend:
 *
 * <pre>{@code
 * class CpuConformanceTest extends BackendConformance {
 *     @Override
 *     protected Backend backend() {
 *         return new CpuBackend();
 *     }
 * }
 * }</pre>
 *
 * Where the backend finds no device, everything is skipped with its reason. What a device does not support is skipped too,
 * after a check that it refuses it properly. System properties: {@code javelin.kit} is {@code pairs}, {@code full} or {@code smoke}, {@code
 * javelin.kit.seed} chooses other numbers, {@code javelin.kit.case} runs one case by the name that a failure prints.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
public abstract class BackendConformance {

    /** Cases of the full product that make up one test. */
    private static final int BATCH = 500;

    /** Failures of a batch whose reasons are told. */
    private static final int SHOWN = 5;

    private final Tally tally = new Tally();
    private @Nullable Device device;
    private @Nullable Device reference;

    /** For subclasses. */
    protected BackendConformance() {}

    /** The backend to be tested. Called whenever a device is opened. */
    protected abstract Backend backend();

    /** How its device is opened; as the backend thinks best unless overridden. */
    protected OpenOptions options() {
        return OpenOptions.NONE;
    }

    /** Which of the devices found is tested; the first unless overridden. */
    protected DeviceInfo choose(List<DeviceInfo> found) {
        return found.getFirst();
    }

    /**
     * Whether the device only imitates the hardware that it stands for, so slowly that a few cases of each operation have to
     * do; the log says so. No unless overridden.
     */
    protected boolean imitated() {
        return false;
    }

    /** Opens the device, and the reference beside it. */
    @BeforeAll
    public final void openDevice() {
        device = open();
        if (device.info().kind() != DeviceInfo.Kind.REFERENCE) {
            ReferenceBackend oracle = new ReferenceBackend();
            reference = oracle.open(found(oracle.probe()).getFirst());
        }
        tally.begin(device.info(), selection());
    }

    /** Closes both. */
    @AfterAll
    public final void closeDevice() {
        tally.end();
        for (Device opened : new @Nullable Device[] {device, reference}) {
            if (opened != null) {
                opened.close();
            }
        }
    }

    private Device open() {
        Backend backend = backend();
        return backend.open(choose(found(backend.probe())), options());
    }

    private static List<DeviceInfo> found(Probe probe) {
        return switch (probe) {
            case Probe.Found(List<DeviceInfo> devices) -> devices;
            case Probe.Unavailable(String reason, String remedy) -> Assumptions.abort(reason + " " + remedy);
        };
    }

    /** Every operation, one container each. */
    @TestFactory
    public final Stream<DynamicNode> operations() {
        Selection selection = selection();
        CaseRunner runner = new CaseRunner(reference);
        String only = System.getProperty(Selection.CASE, "");
        if (!only.isEmpty()) {
            return Cases.isName(only) ? Stream.of(test(runner, Cases.named(only, selection.seed()))) : Stream.empty();
        }
        return Cases.families().stream()
                .map(family -> DynamicContainer.dynamicContainer(
                        "%s, seed %d".formatted(family, selection.seed()),
                        selection.extent() == Extent.FULL
                                ? batches(runner, family, selection)
                                : Cases.of(family, selection).map(tried -> test(runner, tried))));
    }

    private Selection selection() {
        Selection asked = Selection.ofProperties();
        return imitated() ? new Selection(Extent.SMOKE, asked.seed()) : asked;
    }

    /** Many cases as one test each, since a test per case would fill the memory with reports. */
    private Stream<DynamicNode> batches(CaseRunner runner, String family, Selection selection) {
        Iterator<Case> cases = Cases.of(family, selection).iterator();
        return Stream.iterate(0, from -> cases.hasNext(), from -> from + BATCH)
                .map(from -> DynamicTest.dynamicTest("%s from %d on".formatted(family, from), () -> {
                    List<String> failures = new ArrayList<>();
                    for (int i = 0; i < BATCH && cases.hasNext(); i++) {
                        Verdict verdict = runner.check(Objects.requireNonNull(device), cases.next());
                        tally.count(family, verdict);
                        if (verdict instanceof Verdict.Failed(String reason)) {
                            failures.add(reason);
                        }
                    }
                    if (!failures.isEmpty()) {
                        Assertions.fail("%d of %d cases failed, the first ones:%n%s"
                                .formatted(
                                        failures.size(),
                                        BATCH,
                                        String.join(
                                                System.lineSeparator(),
                                                failures.subList(0, Math.min(SHOWN, failures.size())))));
                    }
                }));
    }

    /** What a device keeps to besides right numbers: life cycle, memory, loading, steps, threads, company. */
    @TestFactory
    public final Stream<DynamicNode> promises() {
        String only = System.getProperty(Selection.CASE, "");
        Map<String, List<Promise>> topics = Stream.concat(
                        BackendPromises.all(backend(), options()).stream(), Promises.all().stream())
                .filter(promise -> only.isEmpty() || promise.name().equals(only))
                .collect(Collectors.groupingBy(Promise::topic, LinkedHashMap::new, Collectors.toList()));
        return topics.entrySet().stream()
                .map(topic -> DynamicContainer.dynamicContainer(
                        topic.getKey(),
                        topic.getValue().stream()
                                .map(promise -> DynamicTest.dynamicTest(
                                        promise.name(), () -> report(promise.topic(), promise.check(this::open))))));
    }

    private DynamicNode test(CaseRunner runner, Case tried) {
        return DynamicTest.dynamicTest(tried.name(), () -> {
            report(tried.family(), runner.check(Objects.requireNonNull(device), tried));
        });
    }

    private void report(String family, Verdict verdict) {
        tally.count(family, verdict);
        switch (verdict) {
            case Verdict.Passed passed -> {}
            case Verdict.Failed(String reason) -> Assertions.fail(reason);
            case Verdict.Refused(String reason) -> Assumptions.abort(reason);
        }
    }
}
