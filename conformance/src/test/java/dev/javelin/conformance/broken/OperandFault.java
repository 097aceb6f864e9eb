package dev.javelin.conformance.broken;

import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Precision;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.kernels.host.HostEngine;
import dev.javelin.kernels.host.Kernel;
import dev.javelin.kernels.host.PlanMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An operation reads something else than what is in its operand, or leaves something else in its result than it should. */
record OperandFault(Component operand, Change change, Region region) implements Fault {

    /** All such faults of an operand. */
    static List<OperandFault> of(Component operand) {
        Stream<OperandFault> changed =
                Stream.of(Change.values()).map(change -> new OperandFault(operand, change, Region.ALL));
        Stream<OperandFault> partly =
                Stream.of(Region.values()).skip(1).map(region -> new OperandFault(operand, Change.UNTOUCHED, region));
        return Stream.concat(changed, partly).toList();
    }

    @Override
    public String name() {
        return "%s%s %s".formatted(region.words(), operand.name(), change.words());
    }

    @Override
    public Class<? extends Op> op() {
        return operand.op();
    }

    @Override
    public boolean concerns(Op op, Limits limits) {
        return value(op)
                .filter(value -> concerns(value, Numbers.rows(value).most(limits), Numbers.columns(value)))
                .isPresent();
    }

    private boolean concerns(Value value, int rows, int columns) {
        boolean differs = switch (change) {
            case FIRST_ROW -> rows > 1;
            case NEXT_COLUMN -> columns > 1;
            default -> true;
        };
        return differs && !(change.floating() && value.format() != Format.F32) && region.touches(rows, columns);
    }

    private Optional<Value> value(Op op) {
        return operand.op().isInstance(op)
                ? operand.in(op).map(Value.class::cast).filter(value -> !value.isWeight())
                : Optional.empty();
    }

    @Override
    public Kernel compile(Op op, PlanMemory<Tensor> memory, HostEngine<Tensor> right) {
        Value value = value(op).orElseThrow();
        MemorySegment other = Arena.ofAuto().allocate(value.bytes(memory.limits()), Long.BYTES);
        Numbers here = Numbers.of(value, other);
        Numbers there = Numbers.of(value, memory.of(value));
        Kernel kernel = right.compile(op, AlteredMemory.of(memory).with(value, other), Precision.EXACT);
        if (op.writes().contains(value)) {
            return step -> {
                kernel.run(step);
                there.take(here, Numbers.rows(value).in(step), change, region);
            };
        }
        return step -> {
            here.take(there, Numbers.rows(value).in(step), change, region);
            kernel.run(step);
        };
    }
}
