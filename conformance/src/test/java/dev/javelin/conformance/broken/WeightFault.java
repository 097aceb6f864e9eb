package dev.javelin.conformance.broken;

import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An operation reads something else than what is in a weight. */
record WeightFault(Component operand, Spoiling spoiling) implements Fault {

    /** All such faults of an operand. */
    static List<WeightFault> of(Component operand) {
        return Stream.of(Spoiling.Plain.values())
                .map(spoiling -> new WeightFault(operand, spoiling))
                .toList();
    }

    @Override
    public String name() {
        return operand.name() + " " + spoiling.words();
    }

    @Override
    public Class<? extends Op> op() {
        return operand.op();
    }

    @Override
    public boolean concerns(Op op, Limits limits) {
        return value(op).filter(spoiling::concerns).isPresent();
    }

    private Optional<Value> value(Op op) {
        return operand.op().isInstance(op)
                ? operand.in(op).map(Value.class::cast).filter(Value::isWeight)
                : Optional.empty();
    }

    @Override
    public Kernel compile(Op op, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        Value value = value(op).orElseThrow();
        Tensor wrong = spoiling.spoiled(memory.weight(value));
        return right.compile(op, AlteredMemory.of(memory).with(value, wrong), Precision.EXACT);
    }
}
