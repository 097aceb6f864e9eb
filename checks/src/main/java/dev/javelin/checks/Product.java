package dev.javelin.checks;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.javelin.api.Backend;
import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceInfo;
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
import dev.javelin.api.WeightSource;
import dev.javelin.api.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/** A matrix times a vector, the smallest program that uses a device from opening to closing. */
final class Product {
    private static final int ROWS = 3;
    private static final int COLUMNS = 32;
    private static final Limits ONE_TOKEN = new Limits(1, 1, 1, 1);

    private Product() {}

    /** For each row n the sum over k of (n + 1) · (k % 4): 48, 96, 144, exact in any order of adding. */
    static List<Float> on(Backend backend, DeviceInfo info) {
        Program.Builder builder = Program.builder("product");
        Value x = builder.input("x", Format.F32, Shape.rows(Dim.Symbol.TOKENS, COLUMNS));
        Value matrix = builder.weight("matrix", Format.F32, Shape.of(ROWS, COLUMNS));
        Value y = builder.result("y", Shape.rows(Dim.Symbol.TOKENS, ROWS));
        Program program = builder.add(new MatMul(y, x, matrix)).output(y).build();
        PlanSpec spec = new PlanSpec(program, ONE_TOKEN, Precision.EXACT);

        try (Arena arena = Arena.ofShared();
                Device device = backend.open(info);
                Weights weights = device.place(List.of(program), source(arena, matrix), LoadListener.NONE);
                Buffer input = device.openBuffer(x.bytes(ONE_TOKEN));
                Plan plan = device.prepare(spec, Bindings.NONE.with(weights).with("x", input));
                Step step = new Step(ONE_TOKEN)) {
            input.write(0, floats(arena, COLUMNS, k -> k % 4));
            step.addSequence();
            step.addToken(0, 0, 0);
            plan.run(step).await();
            return Stream.iterate(0, row -> row < ROWS, row -> row + 1)
                    .map(row -> plan.output("y").getAtIndex(JAVA_FLOAT, row))
                    .toList();
        }
    }

    private static WeightSource source(Arena arena, Value matrix) {
        MemorySegment elements = floats(arena, ROWS * COLUMNS, i -> i / COLUMNS + 1);
        return name -> new Tensor(name, matrix.format(), matrix.shape(), elements);
    }

    private static MemorySegment floats(Arena arena, int count, IntUnaryOperator element) {
        MemorySegment floats = arena.allocate(JAVA_FLOAT, count);
        for (int i = 0; i < count; i++) {
            floats.setAtIndex(JAVA_FLOAT, i, element.applyAsInt(i));
        }
        return floats;
    }
}
