package dev.javelin.kernels.host;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.javelin.api.ArgMax;
import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Embed;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Rows;
import dev.javelin.api.Scale;
import dev.javelin.api.Shape;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.api.WeightSource;
import dev.javelin.api.Weights;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Programs, weights and steps that the toy engine runs. */
final class Toys {
    static final int WIDTH = 8;
    static final Limits LIMITS = new Limits(4, 1, 2, 16);

    private Toys() {}

    /** {@code y = 2 x}, both {@code [TOKENS, WIDTH]}; x is an input, y comes back. */
    static Program doubling() {
        Program.Builder program = Program.builder("doubling");
        Value x = program.input("x", Format.F32, Shape.rows(Symbol.TOKENS, WIDTH));
        Value y = program.result("y", Shape.rows(Symbol.TOKENS, WIDTH));
        return program.add(new Scale(y, x, 2)).output(y).build();
    }

    /** Chooses for each output row the id after the token's own, of {@code WIDTH} ids. */
    static Program counting() {
        Program.Builder program = Program.builder("counting");
        Value table = program.weight("table", Format.F32, Shape.of(WIDTH, WIDTH));
        Value x = program.result("x", Shape.rows(Symbol.TOKENS, WIDTH));
        Value rows = program.result("rows", Shape.rows(Symbol.OUTPUTS, WIDTH));
        Value ids = program.indices("ids", Shape.rows(Symbol.OUTPUTS));
        return program.add(new Embed(x, table, 1))
                .add(new Rows(rows, x))
                .add(new ArgMax(ids, rows))
                .output(ids, Want.ID)
                .build();
    }

    /** Every weight is a square matrix with a one in each row, one to the right of the diagonal. */
    static Tensor successors(String name) {
        float[] numbers = new float[WIDTH * WIDTH];
        for (int row = 0; row < WIDTH; row++) {
            numbers[row * WIDTH + (row + 1) % WIDTH] = 1;
        }
        return new Tensor(name, Format.F32, Shape.of(WIDTH, WIDTH), MemorySegment.ofArray(numbers));
    }

    static WeightSource source() {
        return Toys::successors;
    }

    static Weights place(Device device, Program... programs) {
        return device.place(List.of(programs), source(), LoadListener.NONE);
    }

    static PlanSpec spec(Program program) {
        return new PlanSpec(program, LIMITS, Precision.EXACT);
    }

    /** A buffer of {@code LIMITS.tokens()} rows that holds 1, 2, 3 and so on. */
    static Buffer rising(Device device) {
        float[] numbers = new float[LIMITS.tokens() * WIDTH];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i + 1;
        }
        Buffer buffer = device.openBuffer(numbers.length * 4L);
        buffer.write(0, MemorySegment.ofArray(numbers));
        return buffer;
    }

    /** A step of so many tokens, the first few of which are wanted. */
    static Step step(int tokens, int outputs) {
        Step step = new Step(LIMITS);
        step.addSequence();
        for (int i = 0; i < tokens; i++) {
            step.addToken(i, i, i);
        }
        for (int i = 0; i < outputs; i++) {
            step.addOutput(i, Want.ID.bit());
        }
        return step;
    }

    static float[] floats(Buffer buffer) {
        float[] numbers = new float[Math.toIntExact(buffer.bytes() / 4)];
        buffer.read(0, MemorySegment.ofArray(numbers));
        return numbers;
    }

    static float first(MemorySegment output) {
        return output.get(JAVA_FLOAT, 0);
    }
}
