package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

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
import java.util.Map;
import java.util.Set;

/** Devices of any width and number of threads, and small programs to run on them. */
final class Rig {
    static final DeviceInfo INFO =
            new DeviceInfo("cpu:0", "test", DeviceInfo.Kind.CPU, 1L << 33, 1L << 33, Set.of(), true);

    private Rig() {}

    static Device open(VectorWidth width, int threads) {
        return CpuDevice.open(INFO, width, threads);
    }

    /** Weights by name, in memory that stays alive. */
    static WeightSource source(Map<String, Tensor> tensors) {
        return name -> {
            Tensor tensor = tensors.get(name);
            if (tensor == null) {
                throw new IllegalArgumentException("no such weight: " + name);
            }
            return tensor;
        };
    }

    /** {@code x Wᵀ}, row-major: all rows of {@code x} in one step. */
    static float[] multiply(Device device, Format format, byte[] matrix, int n, int k, float[] x) {
        int rows = x.length / k;
        Program.Builder builder = Program.builder("product");
        Value input = builder.input("x", Format.F32, Shape.rows(Dim.Symbol.TOKENS, k));
        Value weight = builder.weight("w", format, Shape.of(n, k));
        Value result = builder.result("y", Shape.rows(Dim.Symbol.TOKENS, n));
        Program program =
                builder.add(new MatMul(result, input, weight)).output(result).build();
        Limits limits = new Limits(rows, 1, 1, rows);
        try (Arena arena = Arena.ofShared();
                Buffer buffer = device.openBuffer((long) x.length * Float.BYTES)) {
            MemorySegment data = arena.allocate(matrix.length, 64).copyFrom(MemorySegment.ofArray(matrix));
            buffer.write(0, MemorySegment.ofArray(x));
            Tensor tensor = new Tensor("w", format, Shape.of(n, k), data);
            try (Weights weights = device.place(List.of(program), source(Map.of("w", tensor)), LoadListener.NONE);
                    Plan plan = device.prepare(
                            new PlanSpec(program, limits, Precision.EXACT),
                            Bindings.NONE.with(weights).with("x", buffer));
                    Step step = tokens(limits, rows)) {
                plan.run(step).await();
                float[] y = new float[rows * n];
                MemorySegment.copy(plan.output("y"), JAVA_FLOAT, 0, y, 0, y.length);
                return y;
            }
        }
    }

    /** One sequence of so many tokens. */
    static Step tokens(Limits limits, int count) {
        Step step = new Step(limits);
        step.addSequence();
        for (int token = 0; token < count; token++) {
            step.addToken(0, token, token);
        }
        return step;
    }
}
