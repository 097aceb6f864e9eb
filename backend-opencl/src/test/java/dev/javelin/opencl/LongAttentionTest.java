package dev.javelin.opencl;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.javelin.api.Attention;
import dev.javelin.api.Bindings;
import dev.javelin.api.Device;
import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Embed;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.LoadListener;
import dev.javelin.api.Plan;
import dev.javelin.api.PlanSpec;
import dev.javelin.api.Precision;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.Tensor;
import dev.javelin.api.Value;
import dev.javelin.api.Weights;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Attention over contexts so long that on GPUs several groups share what is kept, also where most of them have nothing to do; the
 * kit's contexts are shorter. One plan serves single tokens and prompts, of one sequence and of several. Against the formula in
 * double precision.
 */
class LongAttentionTest {
    private static final int HEADS = 6;
    private static final int KEY_HEADS = 2;
    private static final int SIZE = 32;
    private static final int BLOCK = 16;
    private static final int CONTEXT = 1024;
    private static final int TOKENS = 16;
    private static final int SEQUENCES = 3;
    private static final float SCALE = 0.5f;

    /** Sums of a thousand numbers below 1, in F32. */
    private static final double MOST = 1e-5;

    /** Some neighbouring tokens of a sequence, the last of which sees so many. */
    private record Tokens(int count, int length) {}

    /** Each a step: for each sequence its tokens. */
    private static final List<List<Tokens>> STEPS = List.of(
            List.of(new Tokens(1, 1)),
            List.of(new Tokens(1, 64)),
            List.of(new Tokens(1, 65)),
            List.of(new Tokens(1, 129)),
            List.of(new Tokens(1, 700)),
            List.of(new Tokens(1, CONTEXT)),
            List.of(new Tokens(2, 2)),
            List.of(new Tokens(5, 700)),
            List.of(new Tokens(TOKENS, CONTEXT)),
            List.of(new Tokens(1, 700), new Tokens(1, 3), new Tokens(1, 300)),
            List.of(new Tokens(3, 700), new Tokens(1, 65), new Tokens(5, 600)));

    private final SplittableRandom random = new SplittableRandom(1);
    private final float[] q = random(TOKENS * HEADS * SIZE);
    private final float[] keys = random(CONTEXT * KEY_HEADS * SIZE);
    private final float[] values = random(CONTEXT * KEY_HEADS * SIZE);

    private final LaunchWatch watch = new LaunchWatch(Found.require(dev.javelin.opencl.Bindings.JOCL));

    private float[] random(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextDouble(-1, 1);
        }
        return numbers;
    }

    @ParameterizedTest
    @CsvSource({"0, true", "500, true", "0, false", "500, false"})
    void isTheFormula(int window, boolean gpu) {
        KvGroup group = new KvGroup("all", 1, KEY_HEADS, SIZE, SIZE, window, Format.F32, Format.F32);
        StateSpec states = new StateSpec(BLOCK, List.of(new StateSpec.Blocks(group, CONTEXT / BLOCK)));
        Limits limits = new Limits(TOKENS, SEQUENCES, 1, CONTEXT);
        Program.Builder builder = Program.builder("long");
        Value table = builder.weight("table", Format.F32, Shape.of(TOKENS, HEADS * SIZE));
        Value query = builder.result("query", Shape.rows(Symbol.TOKENS, HEADS * SIZE));
        Value out = builder.result("out", Shape.rows(Symbol.TOKENS, HEADS * SIZE));
        Program program = builder.add(new Embed(query, table, 1))
                .add(new Attention(out, query, group, 0, SCALE, 0))
                .output(out)
                .build();
        ClDevice device = Found.devices(watch.functions()).getFirst();
        try (Arena arena = Arena.ofShared();
                Device opened =
                        OpenClBackend.open(watch.functions(), gpu ? device.asGpu() : device, ProgramCache.NONE);
                Weights weights = opened.place(List.of(program), name -> table(arena, name), LoadListener.NONE);
                StateStore store = opened.openStates(states);
                Plan plan = opened.prepare(
                        new PlanSpec(program, limits, Precision.EXACT),
                        Bindings.NONE.with(weights).with(store));
                Step step = new Step(limits, states)) {
            keep(store);
            for (List<Tokens> tokens : STEPS) {
                List<Integer> lengths = fill(step, tokens);
                plan.run(step).await();
                float[] found = plan.output("out").toArray(JAVA_FLOAT);
                for (int i = 0; i < lengths.size() * HEADS * SIZE; i++) {
                    int token = i / (HEADS * SIZE);
                    assertThat((double) found[i])
                            .as("%s, token %d, element %d", tokens, token, i % (HEADS * SIZE))
                            .isCloseTo(expected(i / SIZE, i % SIZE, lengths.get(token), window), within(MOST));
                }
                if (gpu) {
                    requireGroups(tokens, window);
                }
            }
        }
    }

    /** A single token keeps as many groups busy as a prompt would. */
    private void requireGroups(List<Tokens> step, int window) {
        long spread = window == 0 ? 4 : 2; // a group for each 256 kept tokens
        long tiles = step.stream().mapToInt(Tokens::count).sum();
        assertThat(watch.groups().get("packed"))
                .as("groups for %s", step)
                .isEqualTo(KEY_HEADS * spread * Math.ceilDiv(tiles, spread))
                .isGreaterThanOrEqualTo(KEY_HEADS * spread);
    }

    private Tensor table(Arena arena, String name) {
        return new Tensor(name, Format.F32, Shape.of(TOKENS, HEADS * SIZE), arena.allocateFrom(JAVA_FLOAT, q));
    }

    /** Block by block, the last one first. */
    private void keep(StateStore store) {
        int floats = BLOCK * KEY_HEADS * SIZE;
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

    /** All sequences keep the same; what each token sees is returned. */
    private static List<Integer> fill(Step step, List<Tokens> all) {
        step.clear();
        List<Integer> lengths = new ArrayList<>();
        for (Tokens tokens : all) {
            int sequence = step.addSequence();
            for (int i = 0; i < Math.ceilDiv(tokens.length(), BLOCK); i++) {
                step.setBlock(0, i, place(i));
            }
            assertThat(sequence).isEqualTo(all.indexOf(tokens));
            for (int i = tokens.length() - tokens.count(); i < tokens.length(); i++) {
                step.addToken(lengths.size(), i, i);
                lengths.add(i + 1);
            }
        }
        return lengths;
    }

    private double expected(int row, int column, int length, int window) {
        int keyHead = row % HEADS * KEY_HEADS / HEADS;
        double sum = 0;
        double mixed = 0;
        for (int kept = window == 0 ? 0 : Math.max(0, length - window); kept < length; kept++) {
            int at = (kept * KEY_HEADS + keyHead) * SIZE;
            double score = 0;
            for (int i = 0; i < SIZE; i++) {
                score += (double) q[row * SIZE + i] * keys[at + i];
            }
            double share = Math.exp(SCALE * score);
            sum += share;
            mixed += share * values[at + column];
        }
        return mixed / sum;
    }
}
