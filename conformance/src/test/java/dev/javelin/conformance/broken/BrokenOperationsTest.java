package dev.javelin.conformance.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.javelin.api.StepColumn;
import dev.javelin.conformance.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Whoever ignores or perturbs any component of any operation, or misreads any column of a step, is found out by the cases that
 * every build runs; with any seed, for it must not depend on luck.
 *
 * <p>The faults are made from the records themselves, so a component that is added later is tested, or this test fails.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenOperationsTest {

    private static final int SEEDS = 5;

    /** Columns that a device may ignore: adapters are reserved. */
    private static final Set<StepColumn> IGNORED = EnumSet.of(StepColumn.ADAPTER);

    private final List<Hunt> hunts = LongStream.concat(
                    LongStream.of(Selection.ofProperties().seed()), LongStream.range(1, SEEDS))
            .mapToObj(Hunt::new)
            .toList();

    @TestFactory
    Stream<DynamicNode> components() {
        return Faults.operations().stream()
                .map(op -> dynamicContainer(
                        op.getSimpleName(), Component.of(op).stream().map(this::component)));
    }

    private DynamicNode component(Component component) {
        Set<Object> seen = seen(component);
        List<DynamicNode> tests = new ArrayList<>();
        List<Fault> faults = Faults.of(component, seen).stream()
                .filter(fault -> !Harmless.is(fault))
                .filter(fault -> hunts.getFirst().concerns(fault))
                .toList();
        if (!component.container() && !Harmless.all(component)) {
            tests.add(dynamicTest(
                    component.name() + " can be wrong",
                    () -> assertThat(faults)
                            .as("ways to get the component wrong that make a difference in a case")
                            .isNotEmpty()));
        }
        if (hunts.getFirst().operations(component.op()).anyMatch(component::free)) {
            tests.add(dynamicTest(
                    component.name() + " differs between cases",
                    () -> assertThat(seen)
                            .as("values in cases: with a single one, nobody would notice a device that knows no other")
                            .hasSizeGreaterThan(1)));
        }
        faults.forEach(fault -> tests.add(dynamicTest(fault.name(), () -> caught(fault))));
        return dynamicContainer(component.name(), tests);
    }

    @TestFactory
    Stream<DynamicNode> others() {
        return Faults.others().stream()
                .filter(fault -> !Faults.ofComponent(fault))
                .map(fault -> dynamicTest(fault.name(), () -> caught(fault)));
    }

    @Test
    void everyColumnOfAStepIsMisread() {
        Set<StepColumn> misread = EnumSet.copyOf(IGNORED);
        StepFault.all().forEach(fault -> misread.add(fault.column()));
        misread.add(StepColumn.WANTS); // see WishFaults
        assertThat(misread).containsExactlyInAnyOrder(StepColumn.values());
    }

    private Set<Object> seen(Component component) {
        Set<Object> seen = new TreeSet<>(Comparator.comparing(Object::toString));
        hunts.getFirst()
                .operations(component.op())
                .forEach(op -> component.in(op).ifPresent(seen::add));
        return seen;
    }

    private void caught(Fault fault) {
        for (Hunt hunt : hunts) {
            assertThat(hunt.catches(fault))
                    .as("%s, with seed %d: why a case fails", fault.name(), hunt.seed())
                    .isPresent();
        }
    }
}
