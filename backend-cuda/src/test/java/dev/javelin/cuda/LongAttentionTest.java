package dev.javelin.cuda;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.javelin.api.Attention;
import dev.javelin.api.Backend;
import dev.javelin.api.Bindings;
import dev.javelin.api.Device;
import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Embed;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.OpenOptions;
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
import dev.javelin.api.Weights;
import dev.javelin.cuda.simulated.GpuModel;
import dev.javelin.cuda.simulated.SimulatedCuda;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One token that looks back on contexts so long that several blocks share a head, and the last one adds up, also where most of them have nothing to
 * do; the kit's contexts are shorter. Against the formula in double precision.
 */
class LongAttentionTest {
    private static final int HEADS = 2;
    private static final int SIZE = 64;
    private static final int BLOCK = 16;
    private static final int CONTEXT = 1024;
    private static final float SCALE = 0.5f;

    /** Sums of a thousand numbers below 1, in F32. */
    private static final double MOST = 1e-5;

    private final SplittableRandom random = new SplittableRandom(1);
    private final float[] q = random(HEADS * SIZE);
    private final float[] keys = random(CONTEXT * SIZE);
    private final float[] values = random(CONTEXT * SIZE);

    private float[] random(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 500})
    void isTheFormula(int window) {
        KvGroup group = new KvGroup("all", 1, 1, SIZE, SIZE, window, Format.F32, Format.F32);
        StateSpec states = new StateSpec(BLOCK, List.of(new StateSpec.Blocks(group, CONTEXT / BLOCK)));
        Limits limits = new Limits(1, 1, 1, CONTEXT);
        Program.Builder builder = Program.builder("long");
        Value table = builder.weight("table", Format.F32, Shape.of(1, HEADS * SIZE));
        Value query = builder.result("query", Shape.rows(Symbol.TOKENS, HEADS * SIZE));
        Value out = builder.result("out", Shape.rows(Symbol.TOKENS, HEADS * SIZE));
        Program program = builder.add(new Embed(query, table, 1))
                .add(new Attention(out, query, group, 0, SCALE, 0))
                .output(out)
                .build();
        Backend backend = Simulated.backend(new SimulatedCuda(GpuModel.turing()));
        Probe.Found found = (Probe.Found) backend.probe();
        try (Arena arena = Arena.ofShared();
                Device opened = backend.open(found.devices().getFirst(), OpenOptions.NONE);
                Weights weights = opened.place(List.of(program), name -> table(arena, name), LoadListener.NONE);
                StateStore store = opened.openStates(states);
                Plan plan = opened.prepare(
                        new PlanSpec(program, limits, Precision.EXACT),
                        Bindings.NONE.with(weights).with(store));
                Step step = new Step(limits, states)) {
            keep(store);
            for (int length : new int[] {1, 64, 65, 129, 700, CONTEXT}) {
                fill(step, length);
                plan.run(step).await();
                float[] result = plan.output("out").toArray(JAVA_FLOAT);
                for (int i = 0; i < HEADS * SIZE; i++) {
                    assertThat((double) result[i])
                            .as("length %d, element %d", length, i)
                            .isCloseTo(expected(i / SIZE, i % SIZE, length, window), within(MOST));
                }
            }
        }
    }

    private Tensor table(Arena arena, String name) {
        return new Tensor(name, Format.F32, Shape.of(1, HEADS * SIZE), arena.allocateFrom(JAVA_FLOAT, q));
    }

    /** Block by block, the last one first. */
    private void keep(StateStore store) {
        int floats = BLOCK * SIZE;
        MemorySegment block = MemorySegment.ofArray(new float[2 * floats]);
        for (int i = 0; i < CONTEXT / BLOCK; i++) {
            MemorySegment.copy(keys, i * floats, block, JAVA_FLOAT, 0, floats);
            MemorySegment.copy(values, i * floats, block, JAVA_FLOAT, (long) floats * Float.BYTES, floats);
            store.importBlock(0, place(i), block);
        }
    }

    private static int place(int block) {
        return CONTEXT / BLOCK - 1 - block;
    }

    private static void fill(Step step, int length) {
        step.clear();
        step.addSequence();
        for (int i = 0; i < Math.ceilDiv(length, BLOCK); i++) {
            step.setBlock(0, i, place(i));
        }
        step.addToken(0, length - 1, length - 1);
    }

    private double expected(int head, int column, int length, int window) {
        double sum = 0;
        double mixed = 0;
        for (int kept = window == 0 ? 0 : Math.max(0, length - window); kept < length; kept++) {
            double score = 0;
            for (int i = 0; i < SIZE; i++) {
                score += (double) q[head * SIZE + i] * keys[kept * SIZE + i];
            }
            double share = Math.exp(SCALE * score);
            sum += share;
            mixed += share * values[kept * SIZE + column];
        }
        return mixed / sum;
    }
}
