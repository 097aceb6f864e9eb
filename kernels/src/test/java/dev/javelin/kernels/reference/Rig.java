package dev.javelin.kernels.reference;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.util.Objects.requireNonNull;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Op;
import dev.javelin.api.Output;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Probe;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.api.Weights;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small program with its operands on a reference device of its own. Closes all that it opened. For one thread. */
final class Rig implements AutoCloseable {
    private final Device device = open();
    private final Limits limits;
    private final @Nullable StateStore states;
    private final Program.Builder values = Program.builder("values");
    private final List<Op> ops = new ArrayList<>();
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Map<String, Buffer> inputs = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();

    Rig(Limits limits) {
        this(limits, null);
    }

    Rig(Limits limits, @Nullable StateSpec state) {
        this.limits = limits;
        this.states = state == null ? null : device.openStates(state);
    }

    /** For so many tokens, all in one sequence and all of them wanted. */
    Rig(int tokens) {
        this(new Limits(tokens, 1, tokens, tokens));
    }

    /** The device that the backend finds. */
    static Device open() {
        ReferenceBackend backend = new ReferenceBackend();
        return switch (backend.probe()) {
            case Probe.Found found -> backend.open(found.devices().getFirst());
            case Probe.Unavailable none -> throw new AssertionError(none.reason());
        };
    }

    Device device() {
        return device;
    }

    StateStore states() {
        if (states == null) {
            throw new AssertionError("the rig was made without state");
        }
        return states;
    }

    Value input(String name, Shape shape) {
        Value input = values.input(name, Format.F32, shape);
        inputs.put(name, device.openBuffer(input.bytes(limits)));
        return input;
    }

    Value input(String name, Shape shape, float... numbers) {
        Value input = input(name, shape);
        fill(input, numbers);
        return input;
    }

    Value indices(String name, Shape shape, int... numbers) {
        Value input = values.input(name, Format.I32, shape);
        Buffer buffer = device.openBuffer(input.bytes(limits));
        buffer.write(0, MemorySegment.ofArray(numbers));
        inputs.put(name, buffer);
        return input;
    }

    /** Overwrites the first numbers of an input. */
    void fill(Value input, float... numbers) {
        requireNonNull(inputs.get(input.name())).write(0, MemorySegment.ofArray(numbers));
    }

    Value weight(Tensor tensor) {
        tensors.put(tensor.name(), tensor);
        return values.weight(tensor.name(), tensor.format(), tensor.shape());
    }

    Value weight(String name, Shape shape, float... numbers) {
        return weight(new Tensor(name, Format.F32, shape, MemorySegment.ofArray(numbers)));
    }

    Value result(String name, Shape shape) {
        return values.result(name, shape);
    }

    Value indexResult(String name, Shape shape) {
        return values.indices(name, shape);
    }

    Rig add(Op op) {
        ops.add(op);
        return this;
    }

    /** An empty step for this program, closed with the rig. */
    Step step() {
        Step step = new Step(limits, states == null ? null : states.spec());
        steps.add(step);
        return step;
    }

    /** A step of one sequence of so many tokens with id 0 that starts at position 0; all of them are wanted. */
    Step step(int tokens) {
        Step step = step();
        step.addSequence();
        for (int token = 0; token < tokens; token++) {
            step.addToken(0, token, token);
            step.addOutput(token, Want.bits(Want.values()));
        }
        return step;
    }

    /** Places, prepares and runs what was added, and brings the values back. */
    Numbers run(Step step, Value... wanted) {
        List<Output> outputs =
                List.of(wanted).stream().map(value -> new Output(value, null)).toList();
        Program program = new Program("test", ops, outputs);
        PlanSpec spec = new PlanSpec(program, limits, Precision.EXACT);
        Numbers numbers = new Numbers();
        try (Weights weights = device.place(List.of(program), this::tensor, LoadListener.NONE);
                Plan plan = device.prepare(spec, new Bindings(weights, states, inputs, null))) {
            plan.run(step).await();
            for (Value value : wanted) {
                long elements = (long) value.rows().in(step) * value.width();
                MemorySegment output = plan.output(value.name()).asSlice(0, elements * Integer.BYTES);
                numbers.put(value.name(), output);
            }
        }
        return numbers;
    }

    /** The only value of a run. */
    float[] floats(Step step, Value wanted) {
        return run(step, wanted).floats(wanted);
    }

    Tensor tensor(String name) {
        return requireNonNull(tensors.get(name), name);
    }

    @Override
    public void close() {
        steps.forEach(Step::close);
        device.close();
    }

    /** What came back of a run. */
    static final class Numbers {
        private final Map<String, float[]> floats = new HashMap<>();
        private final Map<String, int[]> ints = new HashMap<>();

        private void put(String name, MemorySegment output) {
            floats.put(name, output.toArray(JAVA_FLOAT));
            ints.put(name, output.toArray(JAVA_INT));
        }

        float[] floats(Value value) {
            return floats(value.name());
        }

        float[] floats(String name) {
            return requireNonNull(floats.get(name), name);
        }

        int[] ints(Value value) {
            return ints(value.name());
        }

        /** The ids or indices, or the bits of floats. */
        int[] ints(String name) {
            return requireNonNull(ints.get(name), name);
        }
    }
}
