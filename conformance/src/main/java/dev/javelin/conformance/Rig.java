package dev.javelin.conformance;

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
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Shape;
import dev.javelin.api.Step;
import dev.javelin.api.Value;
import dev.javelin.api.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;

/**
 * A small program made ready on a device, for promises that need something to run: two products with a norm between, so that
 * there are temporaries. Whoever makes it closes it; the device stays the opener's. For one thread.
 */
final class Rig implements AutoCloseable {

    static final int WIDTH = 64;
    static final int MIDDLE = 96;
    static final int ROWS = 5;

    static final Program PROGRAM = program();
    static final Limits LIMITS = new Limits(ROWS, ROWS, ROWS, 16);
    static final PlanSpec SPEC = new PlanSpec(PROGRAM, LIMITS, Precision.EXACT);

    final Device device;
    final CaseWeights source;
    final Weights weights;
    final Buffer input;
    final Plan plan;
    final Step step;
    private final Arena arena = Arena.ofShared();

    Rig(Device device) {
        this(device, SPEC);
    }

    Rig(Device device, PlanSpec spec) {
        this(device, spec, source(Arena.ofAuto()));
    }

    private Rig(Device device, PlanSpec spec, CaseWeights source) {
        this(device, spec, source, requireSupport(device).place(List.of(PROGRAM), source, LoadListener.NONE));
    }

    /** Takes the weights over. */
    Rig(Device device, PlanSpec spec, CaseWeights source, Weights weights) {
        this.device = device;
        this.source = source;
        this.weights = weights;
        this.input = device.openBuffer(inputBytes());
        this.plan = device.prepare(spec, bindings());
        this.step = new Step(LIMITS);
    }

    static long inputBytes() {
        return Format.F32.bytes((long) ROWS * WIDTH);
    }

    Bindings bindings() {
        return new Bindings(weights, null, Map.of("x", input), null);
    }

    private static Program program() {
        Program.Builder program = Program.builder("rig");
        Value x = program.input("x", Format.F32, Shape.rows(Dim.Symbol.TOKENS, WIDTH));
        Value middle = program.result("middle", Shape.rows(Dim.Symbol.TOKENS, MIDDLE));
        Value normed = program.result("normed", Shape.rows(Dim.Symbol.TOKENS, MIDDLE));
        Value out = program.result("out", Shape.rows(Dim.Symbol.TOKENS, WIDTH));
        Value first = program.weight("first", Format.F32, Shape.of(MIDDLE, WIDTH));
        Value norm = program.weight("norm", Format.F32, Shape.of(MIDDLE));
        Value second = program.weight("second", Format.F32, Shape.of(WIDTH, MIDDLE));
        return program.add(new MatMul(middle, x, first))
                .add(new RmsNorm(normed, middle, norm, 1e-5f))
                .add(new MatMul(out, normed, second))
                .output(out)
                .build();
    }

    /** The device, or the news that this program is not for it. */
    static Device requireSupport(Device device) {
        PROGRAM.ops().forEach(op -> {
            if (!device.supports(op)) {
                throw new Promise.Unsupported("needs an operation that is not supported: op=%s, device=%s"
                        .formatted(op.summary(), device.info().id()));
            }
        });
        return device;
    }

    /** The weights of the program, in memory of the arena. */
    static CaseWeights source(Arena arena) {
        return new CaseWeights(PROGRAM.weights(), contents(), false, arena);
    }

    private static Contents contents() {
        Contents contents = new Contents();
        Draw draw = new Draw(1, "rig");
        PROGRAM.weights().values().forEach(weight -> draw.weight(contents, weight));
        return contents;
    }

    /** Runs the program on rows that depend on the number, and returns what comes of it, bit for bit. */
    int[] run(int number) {
        feed(number);
        plan.run(step).await();
        return result();
    }

    /** Writes rows that depend on the number, and a step for them. */
    void feed(int number) {
        float[] rows = Spread.PLAIN.fill(new Draw(number, "rig").random("rows"), ROWS, WIDTH);
        MemorySegment memory = arena.allocate((long) rows.length * Float.BYTES, Float.BYTES);
        MemorySegment.copy(rows, 0, memory, JAVA_FLOAT, 0, rows.length);
        input.write(0, memory);
        fill(step);
    }

    /** All rows of one sequence. */
    static void fill(Step step) {
        step.clear();
        step.addSequence();
        for (int i = 0; i < ROWS; i++) {
            step.addToken(0, i, i);
        }
    }

    int[] result() {
        return bits(plan.output("out"), ROWS * WIDTH);
    }

    static int[] bits(MemorySegment memory, int count) {
        int[] bits = new int[count];
        for (int i = 0; i < count; i++) {
            bits[i] = Float.floatToRawIntBits(memory.getAtIndex(JAVA_FLOAT, i));
        }
        return bits;
    }

    @Override
    public void close() {
        plan.close();
        input.close();
        weights.close();
        step.close();
        arena.close();
    }
}
