package dev.javelin.conformance.broken;

import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.StateGroup;
import dev.javelin.api.Tensor;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.Arena;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An operation is carried out as if one of its constants were another, or something optional were not there. */
record ConstantFault(Component component, Wrong wrong) implements Fault {

    /**
     * All such faults of a component.
     *
     * @param seen values that it has in cases; each might be the only one that a device knows
     */
    static List<ConstantFault> of(Component component, Collection<Object> seen) {
        Map<String, Wrong> all = new LinkedHashMap<>();
        Wrong.values(component.type()).forEach(wrong -> all.put(wrong.label(), wrong));
        if (component.type().isPrimitive()) {
            seen.stream().map(Wrong::always).forEach(wrong -> all.put(wrong.label(), wrong));
        }
        return all.values().stream()
                .map(wrong -> new ConstantFault(component, wrong))
                .toList();
    }

    @Override
    public String name() {
        return component.name() + " " + wrong.label();
    }

    @Override
    public Class<? extends Op> op() {
        return component.op();
    }

    @Override
    public boolean concerns(Op op, Limits limits) {
        return altered(op).isPresent();
    }

    private Optional<Op> altered(Op op) {
        return component.op().isInstance(op)
                ? component
                        .in(op)
                        .flatMap(value -> component.replaced(op, wrong.of().value(value)))
                        .filter(other -> !other.equals(op))
                : Optional.empty();
    }

    @Override
    public Kernel compile(Op op, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        Op other = altered(op).orElseThrow();
        AlteredMemory its = AlteredMemory.of(memory);
        for (int i = 0; i < op.groups().size(); i++) {
            StateGroup wrongGroup = other.groups().get(i);
            its = its.with(wrongGroup, op.groups().get(i));
        }
        long scratch = right.scratchBytes(other, memory.limits());
        if (scratch > 0) { // it may need more than the right one
            its = its.withScratch(Arena.ofAuto().allocate(scratch, Long.BYTES));
        }
        return right.compile(other, its, Precision.EXACT);
    }
}
