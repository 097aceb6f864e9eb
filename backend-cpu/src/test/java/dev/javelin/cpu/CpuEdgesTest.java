package dev.javelin.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Attention;
import dev.javelin.api.Bindings;
import dev.javelin.api.Buffer;
import dev.javelin.api.Device;
import dev.javelin.api.DeviceFailedException;
import dev.javelin.api.Dim;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.MatMul;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Shape;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.Weights;
import dev.javelin.api.WriteKv;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only rare numbers and failures reach. */
final class CpuEdgesTest {

    /** Two runs of keys on: those before must not poison what comes later. */
    @ParameterizedTest
    @EnumSource
    void keysThatScoreMinusInfinityHaveNoShare(VectorWidth width) {
        int tokens = 65;
        int size = 8;
        KvGroup group = new KvGroup("all", 1, 1, size, size, 0, Format.F32, Format.F32);
        Shape shape = Shape.rows(Dim.Symbol.TOKENS, size);
        Program.Builder builder = Program.builder("attention");
        Value q = builder.input("q", Format.F32, shape);
        Value k = builder.input("k", Format.F32, shape);
        Value v = builder.input("v", Format.F32, shape);
        Value out = builder.result("out", shape);
        Program program = builder.add(new WriteKv(k, v, group, 0))
                .add(new Attention(out, q, group, 0, 1, 0))
                .output(out)
                .build();
        float[] ones = filled(tokens * size, 1);
        float[] keys = filled(tokens * size, Float.NEGATIVE_INFINITY);
        Arrays.fill(keys, (tokens - 1) * size, keys.length, 0);
        float[] values = filled(tokens * size, 3);
        Arrays.fill(values, (tokens - 1) * size, values.length, 5);
        Limits limits = new Limits(tokens, 1, 1, tokens);
        StateSpec spec = new StateSpec(tokens, List.of(new StateSpec.Blocks(group, 1)));
        try (Device device = Rig.open(width, 2);
                StateStore states = device.openStates(spec);
                Buffer bufferQ = filled(device, ones);
                Buffer bufferK = filled(device, keys);
                Buffer bufferV = filled(device, values);
                Plan plan = device.prepare(
                        new PlanSpec(program, limits, Precision.EXACT),
                        Bindings.NONE
                                .with(states)
                                .with("q", bufferQ)
                                .with("k", bufferK)
                                .with("v", bufferV));
                Step step = new Step(limits, spec)) {
            step.addSequence();
            step.setBlock(0, 0, 0);
            for (int token = 0; token < tokens; token++) {
                step.addToken(0, token, token);
            }
            plan.run(step).await();
            for (int i = 0; i < size; i++) {
                assertThat(plan.output("out").getAtIndex(JAVA_FLOAT, (long) (tokens - 1) * size + i))
                        .isEqualTo(5);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTinyRowHasANormWithoutEps(VectorWidth width) {
        Program.Builder builder = Program.builder("norm");
        Value x = builder.input("x", Format.F32, Shape.rows(Dim.Symbol.TOKENS, 4));
        Value weight = builder.weight("weight", Format.F32, Shape.of(4));
        Value out = builder.result("out", Shape.rows(Dim.Symbol.TOKENS, 4));
        Program program =
                builder.add(new RmsNorm(out, x, weight, 0)).output(out).build();
        Limits limits = new Limits(1, 1, 1, 1);
        Tensor ones = new Tensor("weight", Format.F32, Shape.of(4), MemorySegment.ofArray(filled(4, 1)));
        try (Device device = Rig.open(width, 2);
                Weights weights =
                        device.place(List.of(program), Rig.source(Map.of("weight", ones)), LoadListener.NONE);
                Buffer buffer = filled(device, new float[] {Float.MIN_VALUE, 0, 0, 0});
                Plan plan = device.prepare(
                        new PlanSpec(program, limits, Precision.EXACT),
                        Bindings.NONE.with(weights).with("x", buffer));
                Step step = Rig.tokens(limits, 1)) {
            plan.run(step).await();
            assertThat(plan.output("out").toArray(JAVA_FLOAT)).startsWith(2, 0, 0, 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailedProductLeavesNothingBehind(VectorWidth width) {
        int rows = 64;
        Program.Builder builder = Program.builder("product");
        Value x = builder.input("x", Format.F32, Shape.rows(Dim.Symbol.TOKENS, 256));
        Value matrix = builder.weight("matrix", Format.Q5_K, Shape.of(3, 256));
        Value out = builder.result("out", Shape.rows(Dim.Symbol.TOKENS, 3));
        Program program = builder.add(new MatMul(out, x, matrix)).output(out).build();
        Limits limits = new Limits(rows, 1, 1, rows);
        Arena source = Arena.ofShared();
        Tensor tensor = new Tensor("matrix", Format.Q5_K, Shape.of(3, 256), source.allocate(3 * 176));
        try (Device device = Rig.open(width, 2);
                Weights weights =
                        device.place(List.of(program), Rig.source(Map.of("matrix", tensor)), LoadListener.NONE);
                Buffer buffer = filled(device, filled(rows * 256, 1));
                Plan plan = device.prepare(
                        new PlanSpec(program, limits, Precision.EXACT),
                        Bindings.NONE.with(weights).with("x", buffer));
                Step step = Rig.tokens(limits, rows)) {
            assertThat(weights.retainsSource()).isTrue();
            source.close();
            for (int run = 0; run < 3; run++) {
                assertThatThrownBy(() -> plan.run(step).await())
                        .isInstanceOf(DeviceFailedException.class)
                        .hasStackTraceContaining("Already closed");
            }
        }
    }

    private static float[] filled(int count, float value) {
        float[] floats = new float[count];
        Arrays.fill(floats, value);
        return floats;
    }

    private static Buffer filled(Device device, float[] floats) {
        Buffer buffer = device.openBuffer((long) floats.length * Float.BYTES);
        buffer.write(0, MemorySegment.ofArray(floats));
        return buffer;
    }
}
