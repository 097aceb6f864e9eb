package dev.javelin.conformance.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.javelin.api.Device;
import dev.javelin.api.Format;
import dev.javelin.conformance.CaseRunner;
import dev.javelin.conformance.Cases;
import dev.javelin.conformance.Extent;
import dev.javelin.conformance.Promises;
import dev.javelin.conformance.Selection;
import dev.javelin.conformance.Verdict;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whoever is wrong about memory, life cycle, loading, steps, plans or threads is found out. */
class BrokenDevicesTest {

    /** Tokens of cases that take long. */
    private static final int MANY = 32;

    private final Selection selection =
            new Selection(Extent.PAIRS, Selection.ofProperties().seed());

    @TestFactory
    Stream<DynamicNode> faults() {
        return DeviceFault.all().stream()
                .map(fault -> dynamicTest(
                        fault.where() + ": " + fault.name(),
                        () -> assertThat(caught(fault))
                                .as("%s: why a case or promise fails", fault.name())
                                .isPresent()));
    }

    /** What hands everything on keeps every promise: none of the faults is that it does so. */
    @TestFactory
    Stream<DynamicNode> soundInPromises() {
        return Promises.all().stream()
                .map(promise -> dynamicTest(
                        promise.name(),
                        () -> assertThat(promise.check(RelayDevice::new)).matches(Verdict::passed)));
    }

    /** What honestly lacks an operation fails nowhere. */
    @Test
    void lackingIsNoFault() {
        try (Device device = new SupportFaults.Lacking()) {
            assertThat(Cases.of("SoftCap", selection).map(tried -> new CaseRunner(null).check(device, tried)))
                    .isNotEmpty()
                    .allMatch(Verdict.Refused.class::isInstance);
        }
    }

    /** Who rounds as declared has no fault, and neither has who adds up in F32. */
    @TestFactory
    Stream<DynamicNode> soundInCases() {
        return Stream.of(
                        DeclaredFaults.honest(Format.BF16),
                        DeclaredFaults.honest(Format.Q8_0),
                        ProductFaults.plainSum())
                .map(sound -> dynamicTest(sound.name(), () -> {
                    try (Device device = FaultyEngine.device(sound)) {
                        Cases.of("MatMul", selection)
                                .filter(tried -> tried.limits().tokens() < MANY)
                                .forEach(tried -> assertThat(new CaseRunner(null).check(device, tried))
                                        .matches(Verdict::passed, tried.name()));
                    }
                }));
    }

    private Optional<String> caught(DeviceFault fault) {
        return Stream.concat(
                        fault.inCases() ? cases(fault) : Stream.empty(),
                        Promises.all().stream()
                                .filter(promise -> promise.topic().equals(fault.where()))
                                .map(promise -> promise.check(fault.opener()::get)))
                .filter(Verdict.Failed.class::isInstance)
                .map(verdict -> ((Verdict.Failed) verdict).reason())
                .findFirst();
    }

    private Stream<Verdict> cases(DeviceFault fault) {
        CaseRunner runner = new CaseRunner(null);
        return Cases.of(fault.where(), selection).map(tried -> {
            try (Device device = fault.opener().get()) {
                return runner.check(device, tried);
            }
        });
    }
}
