package dev.javelin.cpu;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.StateGroup;
import dev.javelin.api.StateSpec;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A plan of a program with all that it needs, and steps that take turns. */
final class QuietRun implements AutoCloseable {
    static final Limits LIMITS = new Limits(70, 3, 70, 128, new Limits.Extras(0, QuietRuns.VOCABULARY, 4, true));

    private static final int BLOCK_TOKENS = 8;

    private final String name;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Plan plan;
    private final List<Step> steps = new ArrayList<>();

    QuietRun(Device device, String name, Program program, List<Consumer<Step>> steps) {
        this.name = name;
        StateSpec states = states(program);
        Map<String, Tensor> tensors = new HashMap<>();
        program.weights().values().forEach(weight -> tensors.put(weight.name(), tensor(weight)));
        Weights weights = opened(device.place(List.of(program), Rig.source(tensors), LoadListener.NONE));
        Bindings bindings = Bindings.NONE.with(weights);
        if (states != null) {
            bindings = bindings.with(opened(device.openStates(states)));
        }
        for (Value input : program.inputs().values()) {
            byte[] bytes = bytes(input.name(), input.format(), Math.toIntExact(input.bytes(LIMITS)));
            Buffer buffer = opened(device.openBuffer(bytes.length));
            buffer.write(0, MemorySegment.ofArray(bytes));
            bindings = bindings.with(input.name(), buffer);
        }
        plan = opened(device.prepare(new PlanSpec(program, LIMITS, Precision.EXACT), bindings));
        for (Consumer<Step> content : steps) {
            Step step = opened(new Step(LIMITS, states));
            content.accept(step);
            this.steps.add(step);
        }
    }

    String name() {
        return name;
    }

    /** Runs the plan with one of the steps. */
    void once(int number) {
        plan.run(steps.get(number % steps.size())).await();
    }

    @Override
    public void close() {
        for (AutoCloseable each : open.reversed()) {
            try {
                each.close();
            } catch (Exception failed) {
                throw new AssertionError(failed);
            }
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        open.add(resource);
        return resource;
    }

    private static @Nullable StateSpec states(Program program) {
        List<StateSpec.Blocks> blocks = new ArrayList<>();
        for (StateGroup group : program.groups()) {
            blocks.add(new StateSpec.Blocks(group, LIMITS.context() / BLOCK_TOKENS * LIMITS.sequences()));
        }
        return blocks.isEmpty() ? null : new StateSpec(BLOCK_TOKENS, blocks);
    }

    /** A sequence of {@code count} new tokens after {@code before} others. */
    static void sequence(Step step, int before, int count) {
        int sequence = step.addSequence();
        int groups = step.layout().states() == null
                ? 0
                : step.layout().states().groups().size();
        int blocks = LIMITS.context() / BLOCK_TOKENS;
        for (int group = 0; group < groups; group++) {
            for (int i = 0; i < blocks; i++) {
                step.setBlock(group, i, (sequence + 1) * blocks - 1 - i);
            }
        }
        for (int i = 0; i < count; i++) {
            step.addToken((before + i) % QuietRuns.VOCABULARY, before + i, before + i);
        }
    }

    private static Tensor tensor(Value weight) {
        Shape shape = weight.shape();
        byte[] bytes = bytes(
                weight.name(), weight.format(), Math.toIntExact(weight.format().bytes(shape.elements())));
        MemorySegment data = Arena.ofAuto().allocate(bytes.length, 64).copyFrom(MemorySegment.ofArray(bytes));
        return new Tensor(weight.name(), weight.format(), shape, data);
    }

    /** Without the bits that make numbers large, infinite or negative, whatever the format. */
    private static byte[] bytes(String name, Format format, int count) {
        byte[] bytes = new byte[count];
        new SplittableRandom(name.hashCode()).nextBytes(bytes);
        for (int i = 0; i < count; i++) {
            bytes[i] &= 0x3B;
            if (format == Format.F32 && i % Float.BYTES == Float.BYTES - 1) {
                bytes[i] = 0x3F; // about 1
            } else if (format == Format.I32) {
                bytes[i] = (byte) (i % Integer.BYTES == 0 ? bytes[i] % 6 : 0); // also one that is no expert
            }
        }
        return bytes;
    }
}
