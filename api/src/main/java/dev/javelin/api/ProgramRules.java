package dev.javelin.api;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the operations and outputs of a program must keep to among themselves. Used once for each program. */
final class ProgramRules {
    private final String program;
    private final Map<Integer, Value> byId = new HashMap<>();
    private final Map<String, Value> byName = new HashMap<>();
    private final Map<String, StateGroup> groups = new HashMap<>();
    private final Set<Value> written = new HashSet<>();
    private final Set<Value> internal = new HashSet<>();

    private ProgramRules(String program) {
        this.program = program;
    }

    static void check(String program, List<Op> ops, List<Output> outputs) {
        ProgramRules rules = new ProgramRules(program);
        ops.forEach(rules::add);
        rules.outputs(outputs);
    }

    private void add(Op op) {
        if (op instanceof FusedOp fused) {
            fused.parts().forEach(this::add);
            internal.addAll(fused.internals());
            return;
        }
        op.reads().forEach(value -> read(op, value));
        op.writes().forEach(value -> write(op, value));
        op.groups().forEach(this::keep);
    }

    private void read(Op op, Value value) {
        known(value);
        Check.that(
                value.kind() != Value.Kind.RESULT || written.contains(value),
                "a result must be written before it is read: program=%s, value=%s, op=%s",
                program,
                value,
                op.summary());
        Check.that(
                !internal.contains(value),
                "what is internal to a fused operation is read by its parts alone: program=%s, value=%s, op=%s",
                program,
                value,
                op.summary());
    }

    private void write(Op op, Value value) {
        known(value);
        Check.that(
                written.add(value),
                "a result is written once: program=%s, value=%s, op=%s",
                program,
                value,
                op.summary());
    }

    private void keep(StateGroup group) {
        StateGroup other = groups.putIfAbsent(group.name(), group);
        Check.that(
                other == null || other.equals(group),
                "a state group must be the same in all operations: program=%s, group=%s, elsewhere=%s",
                program,
                group,
                other);
    }

    private void known(Value value) {
        Value sameId = byId.putIfAbsent(value.id(), value);
        Check.that(
                sameId == null || sameId.equals(value),
                "an id stands for one value: program=%s, value=%s, other=%s",
                program,
                value,
                sameId);
        if (value.kind() != Value.Kind.RESULT) {
            Value sameName = byName.putIfAbsent(value.name(), value);
            Check.that(
                    sameName == null || sameName.equals(value),
                    "a name stands for one weight or input: program=%s, value=%s, other=%s",
                    program,
                    value,
                    sameName);
        }
    }

    private void outputs(List<Output> outputs) {
        Set<String> names = new HashSet<>();
        for (Output output : outputs) {
            Value value = output.value();
            Check.that(written.contains(value), "an output must be written: program=%s, output=%s", program, value);
            Check.that(
                    !internal.contains(value),
                    "what is internal to a fused operation cannot be an output: program=%s, output=%s",
                    program,
                    value);
            Check.that(names.add(value.name()), "outputs need different names: program=%s, output=%s", program, value);
            Value bound = byName.get(value.name());
            Check.that(
                    bound == null || bound.kind() != Value.Kind.INPUT, // both would be bound to one buffer
                    "an output must not have the name of an input: program=%s, output=%s, input=%s",
                    program,
                    value,
                    bound);
        }
    }
}
