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
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Prompts of several sequences beside sequences that go on token by token, so that matrix units and the kernel for few tokens share
 * a step; the kit seldom has both. Against the formula in double precision.
 */
class PromptAttentionTest {
    private static final int HEADS = 4;
    private static final int KV_HEADS = 2;
    private static final int BLOCK = 16;
    private static final int BLOCKS = 32;
    private static final float SCALE = 0.25f;

    /** For each sequence of the step: what it kept before, and new tokens. */
    private static final int[][] SEQUENCES = {{0, 50}, {70, 1}, {33, 21}, {5, 3}};

    /** Numbers below 1 in BF16. */
    private static final double MOST = 0.02;

    @ParameterizedTest
    @CsvSource({"64,0", "64,40", "128,0", "96,0"})
    void isTheFormula(int size, int window) {
        SplittableRandom random = new SplittableRandom(1);
        int tokens = 75;
        float[] q = random(random, tokens * HEADS * size);
        float[] keys = random(random, BLOCKS * BLOCK * KV_HEADS * size);
        float[] values = random(random, BLOCKS * BLOCK * KV_HEADS * size);
        KvGroup group = new KvGroup("all", 1, KV_HEADS, size, size, window, Format.F16, Format.F16);
        StateSpec states = new StateSpec(BLOCK, List.of(new StateSpec.Blocks(group, BLOCKS)));
        Limits limits = new Limits(tokens, SEQUENCES.length, 1, 128);
        Program.Builder builder = Program.builder("prompts");
        Value table = builder.weight("table", Format.F32, Shape.of(tokens, HEADS * size));
        Value query = builder.result("query", Shape.rows(Symbol.TOKENS, HEADS * size));
        Value out = builder.result("out", Shape.rows(Symbol.TOKENS, HEADS * size));
        Program program = builder.add(new Embed(query, table, 1))
                .add(new Attention(out, query, group, 0, SCALE, 0))
                .output(out)
                .build();
        Backend backend = Simulated.backend(new SimulatedCuda(GpuModel.ampere()));
        Probe.Found found = (Probe.Found) backend.probe();
        try (Arena arena = Arena.ofShared();
                Device opened = backend.open(found.devices().getFirst(), OpenOptions.NONE);
                Weights weights = opened.place(
                        List.of(program),
                        name -> new Tensor(
                                name, Format.F32, Shape.of(tokens, HEADS * size), arena.allocateFrom(JAVA_FLOAT, q)),
                        LoadListener.NONE);
                StateStore store = opened.openStates(states);
                Plan plan = opened.prepare(
                        new PlanSpec(program, limits, Precision.FAST),
                        Bindings.NONE.with(weights).with(store));
                Step step = new Step(limits, states)) {
            keep(store, keys, values, size);
            fill(step);
            plan.run(step).await();
            float[] result = plan.output("out").toArray(JAVA_FLOAT);
            int token = 0;
            for (int sequence = 0; sequence < SEQUENCES.length; sequence++) {
                for (int i = 0; i < SEQUENCES[sequence][1]; i++, token++) {
                    int length = SEQUENCES[sequence][0] + i + 1;
                    for (int j = 0; j < HEADS * size; j++) {
                        double expected =
                                expected(q, token, j / size, keys, values, j % size, sequence, length, window, size);
                        assertThat((double) result[token * HEADS * size + j])
                                .as("size %d, sequence %d, token %d, element %d", size, sequence, i, j)
                                .isCloseTo(expected, within(MOST));
                    }
                }
            }
        }
    }

    private static float[] random(SplittableRandom random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    private static void keep(StateStore store, float[] keys, float[] values, int size) {
        int each = BLOCK * KV_HEADS * size;
        for (int block = 0; block < BLOCKS; block++) {
            short[] bits = new short[2 * each];
            for (int i = 0; i < each; i++) {
                bits[i] = Float.floatToFloat16(keys[block * each + i]);
                bits[each + i] = Float.floatToFloat16(values[block * each + i]);
            }
            store.importBlock(0, block, MemorySegment.ofArray(bits));
        }
    }

    /** Sequence s has blocks 8 s and those behind, in reverse. */
    private static int block(int sequence, int i) {
        return 8 * sequence + 7 - i;
    }

    private static void fill(Step step) {
        step.clear();
        int id = 0;
        for (int sequence = 0; sequence < SEQUENCES.length; sequence++) {
            step.addSequence();
            int length = SEQUENCES[sequence][0] + SEQUENCES[sequence][1];
            for (int i = 0; i < Math.ceilDiv(length, BLOCK); i++) {
                step.setBlock(0, i, block(sequence, i));
            }
            for (int i = SEQUENCES[sequence][0]; i < length; i++) {
                step.addToken(id++, i, i);
            }
        }
    }

    private static double expected(
            float[] q,
            int token,
            int head,
            float[] keys,
            float[] values,
            int column,
            int sequence,
            int length,
            int window,
            int size) {
        int kvHead = head * KV_HEADS / HEADS;
        double sum = 0;
        double mixed = 0;
        for (int kept = window == 0 ? 0 : Math.max(0, length - window); kept < length; kept++) {
            int place = ((block(sequence, kept / BLOCK) * BLOCK + kept % BLOCK) * KV_HEADS + kvHead) * size;
            double score = 0;
            for (int i = 0; i < size; i++) {
                score += (double) q[(token * HEADS + head) * size + i] * keys[place + i];
            }
            double share = Math.exp(SCALE * score);
            sum += share;
            mixed += share * values[place + column];
        }
        return mixed / sum;
    }
}
