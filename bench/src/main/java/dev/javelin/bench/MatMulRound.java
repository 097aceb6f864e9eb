package dev.javelin.bench;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.Dim;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.MatMul;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * The same activations multiplied with each of several matrices of random weights: enough of them that each run reads its
 * weights from memory, as a model does, and not from a cache. For one thread; its creator closes it, and the device after it.
 */
public final class MatMulRound implements AutoCloseable {
    private static final long SEED = 1;

    private final Arena arena = Arena.ofShared();
    private final Program program;
    private final Weights weights;
    private final Buffer input;
    private final Plan plan;
    private final Step step;
    private final int matrices;

    /**
     * Places the weights and makes the program ready.
     *
     * @param weightBytes of all matrices together, for one token; fewer for more tokens
     */
    public MatMulRound(Device device, Format format, int tokens, int rows, int columns, long weightBytes) {
        Limits limits = new Limits(tokens, 1, 1, tokens);
        // Fewer for more tokens, where arithmetic takes the time and not reading.
        matrices = Math.toIntExact(Math.ceilDiv(weightBytes, tokens * format.bytes((long) rows * columns)));
        program = program(format, rows, columns, matrices);
        weights = device.place(List.of(program), this::randomWeight, LoadListener.NONE);
        input = device.openBuffer(Format.F32.bytes((long) tokens * columns));
        input.write(0, randomActivations(tokens * columns));
        PlanSpec spec = new PlanSpec(program, limits, Precision.FAST);
        plan = device.prepare(spec, Bindings.NONE.with(weights).with("x", input));
        step = new Step(limits);
        step.addSequence();
        for (int token = 0; token < tokens; token++) {
            step.addToken(0, token, token);
        }
    }

    /** Multiplies with each matrix once. */
    public void run() {
        plan.run(step).await();
    }

    /** How many matrices one run multiplies with. */
    public int matrices() {
        return matrices;
    }

    private static Program program(Format format, int rows, int columns, int matrices) {
        Program.Builder builder = Program.builder("matmul");
        Value x = builder.input("x", Format.F32, Shape.rows(Dim.Symbol.TOKENS, columns));
        for (int matrix = 0; matrix < matrices; matrix++) {
            Value weight = builder.weight("w" + matrix, format, Shape.of(rows, columns));
            builder.add(new MatMul(builder.result("y" + matrix, Shape.rows(Dim.Symbol.TOKENS, rows)), x, weight));
        }
        return builder.build();
    }

    /** Bits 6 and 7 of every byte are clear, so that no scale is infinite or not a number wherever a block keeps it. */
    private Tensor randomWeight(String name) {
        Value weight = Objects.requireNonNull(program.weights().get(name), name);
        byte[] bytes =
                new byte[Math.toIntExact(weight.format().bytes(weight.shape().elements()))];
        new Random(SEED + name.hashCode()).nextBytes(bytes);
        MemorySegment data = arena.allocate(bytes.length, 64);
        for (int i = 0; i < bytes.length; i++) {
            data.set(JAVA_BYTE, i, (byte) (bytes[i] & 0x3f));
        }
        return new Tensor(name, weight.format(), weight.shape(), data);
    }

    private MemorySegment randomActivations(int count) {
        Random random = new Random(SEED);
        MemorySegment activations = arena.allocate(JAVA_FLOAT, count);
        for (int i = 0; i < count; i++) {
            activations.setAtIndex(JAVA_FLOAT, i, (float) random.nextGaussian());
        }
        return activations;
    }

    @Override
    public void close() {
        plan.close();
        step.close();
        input.close();
        weights.close();
        arena.close();
    }
}
