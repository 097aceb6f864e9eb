package dev.javelin.conformance.broken;

import dev.javelin.api.FusedOp;
import dev.javelin.api.Op;
import dev.javelin.api.Value;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** All faults, most of them found by looking at what the records of operations consist of. */
final class Faults {

    private Faults() {}

    /** Every kind of operation, fused ones too. */
    static List<Class<? extends Op>> operations() {
        return operations(Op.class).toList();
    }

    private static Stream<Class<? extends Op>> operations(Class<?> sealed) {
        return sealed.isRecord()
                ? Stream.of(sealed.asSubclass(Op.class))
                : Arrays.stream(sealed.getPermittedSubclasses()).flatMap(Faults::operations);
    }

    /**
     * Whatever can be wrong about one component.
     *
     * @param seen values that it has in cases
     */
    static List<Fault> of(Component component, Collection<Object> seen) {
        if (FusedOp.class.isAssignableFrom(component.op())) {
            Component part = component.part();
            return component.path().size() == 1
                    ? List.of(new SkippedPart(part))
                    : of(component.inPart(), seen).stream()
                            .<Fault>map(fault -> new PartFault(part, fault))
                            .toList();
        }
        if (component.type() == Value.class) {
            return Stream.of(
                            OperandFault.of(component),
                            WeightFault.of(component),
                            ConstantFault.of(component, List.of()))
                    .<Fault>flatMap(List::stream)
                    .toList();
        }
        return Stream.concat(
                        ConstantFault.of(component, seen).stream(),
                        others().stream().filter(fault -> named(fault, component)))
                .<Fault>map(fault -> fault)
                .toList();
    }

    /** Whether the fault, though not a wrong value, is one of a single component. */
    static boolean ofComponent(Fault fault) {
        return Component.of(fault.op()).stream().anyMatch(component -> named(fault, component));
    }

    private static boolean named(Fault fault, Component component) {
        return fault.name().startsWith(component.op().getSimpleName() + ": " + component.words() + " ");
    }

    /** What is not just a wrong value in a component. */
    static List<Fault> others() {
        return Stream.of(StepFault.all(), StateFaults.all(), ChoiceFaults.all(), ProductFaults.all(), StaleFaults.all())
                .<Fault>flatMap(List::stream)
                .toList();
    }
}
