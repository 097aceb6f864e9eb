package dev.javelin.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable list of operations, to be run as if one after the other, and the values to be read afterwards.
 *
 * <p>Every result is written once, before it is read; what is internal to a fused operation is read by its parts alone.
 * Weights, inputs and outputs are bound by name.
 *
 * @param name for errors and profiles
 */
public record Program(String name, List<Op> ops, List<Output> outputs) {

    public Program {
        ops = List.copyOf(ops);
        outputs = List.copyOf(outputs);
        Check.that(!name.isBlank(), "a program needs a name: ops=%d", ops.size());
        ProgramRules.check(name, ops, outputs);
    }

    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** The weights of all operations by name. */
    public Map<String, Value> weights() {
        return named(Value.Kind.WEIGHT);
    }

    /** The inputs of all operations by name. */
    public Map<String, Value> inputs() {
        return named(Value.Kind.INPUT);
    }

    /** The state groups of all operations, in the order in which they first occur. */
    public List<StateGroup> groups() {
        return ops.stream().flatMap(op -> op.groups().stream()).distinct().toList();
    }

    /** The weights of several programs by name; refuses a name that stands for different weights. */
    public static Map<String, Value> weights(Collection<Program> programs) {
        Map<String, Value> all = new LinkedHashMap<>();
        for (Program program : programs) {
            program.weights().forEach((name, weight) -> {
                Value known = all.putIfAbsent(name, weight);
                Check.that(
                        known == null || (known.shape().equals(weight.shape()) && known.format() == weight.format()),
                        "a weight must be the same in all programs: program=%s, weight=%s, elsewhere=%s",
                        program.name(),
                        weight,
                        known);
            });
        }
        return all;
    }

    private Map<String, Value> named(Value.Kind kind) {
        Map<String, Value> named = new LinkedHashMap<>();
        for (Op op : ops) {
            op.reads().stream().filter(value -> value.kind() == kind).forEach(value -> named.put(value.name(), value));
        }
        return named;
    }

    /** Builds one program; hands out values and collects operations. For one thread. */
    public static final class Builder {
        private final String name;
        private final List<Op> ops = new ArrayList<>();
        private final List<Output> outputs = new ArrayList<>();
        private final Map<String, Value> bound = new HashMap<>();
        private int ids;

        private Builder(String name) {
            this.name = name;
        }

        /** The weight of that name; the same value each time it is asked for. */
        public Value weight(String weight, Format format, Shape shape) {
            return bound(weight, Value.Kind.WEIGHT, format, shape);
        }

        /** The F32 or I32 input of that name; the same value each time it is asked for. */
        public Value input(String input, Format format, Shape shape) {
            return bound(input, Value.Kind.INPUT, format, shape);
        }

        /** A new F32 result. */
        public Value result(String result, Shape shape) {
            return new Value(ids++, result, Value.Kind.RESULT, Format.F32, shape);
        }

        /** A new result of ids or indices. */
        public Value indices(String result, Shape shape) {
            return new Value(ids++, result, Value.Kind.RESULT, Format.I32, shape);
        }

        public Builder add(Op op) {
            ops.add(op);
            return this;
        }

        /** Brings the whole value back after every run. */
        public Builder output(Value value) {
            outputs.add(new Output(value, null));
            return this;
        }

        /** Brings back the rows for which a step wants it. */
        public Builder output(Value value, Want want) {
            outputs.add(new Output(value, want));
            return this;
        }

        public Program build() {
            return new Program(name, ops, outputs);
        }

        private Value bound(String valueName, Value.Kind kind, Format format, Shape shape) {
            @Nullable Value known = bound.get(valueName);
            if (known == null) {
                known = new Value(ids++, valueName, kind, format, shape);
                bound.put(valueName, known);
            }
            Check.that(
                    known.kind() == kind
                            && known.format() == format
                            && known.shape().equals(shape),
                    "a name stands for one weight or input: program=%s, name=%s, kind=%s, format=%s, shape=%s,"
                            + " other=%s",
                    name,
                    valueName,
                    kind,
                    format,
                    shape,
                    known);
            return known;
        }
    }
}
