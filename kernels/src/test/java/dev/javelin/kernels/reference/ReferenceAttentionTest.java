package dev.javelin.kernels.reference;

import static dev.javelin.api.Dim.Symbol.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.javelin.api.Attention;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.Scale;
import dev.javelin.api.Shape;
import dev.javelin.api.StateSpec;
import dev.javelin.api.Step;
import dev.javelin.api.Value;
import dev.javelin.api.WriteKv;
import dev.javelin.kernels.reference.AttentionScenario.Sequence;
import dev.javelin.kernels.reference.AttentionScenario.Setting;
import dev.javelin.kernels.reference.AttentionScenario.Turn;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link WriteKv} and {@link Attention}. */
final class ReferenceAttentionTest {

    private static float log(double number) {
        return (float) Math.log(number);
    }

    private static KvGroup plain(int kvHeads, int keySize, int valueSize, int window) {
        return new KvGroup("plain", 1, kvHeads, keySize, valueSize, window, Format.F32, Format.F32);
    }

    /** Attention of one sequence of new tokens. */
    private static float[] attend(
            KvGroup group, int tokens, float scale, float softCap, float[] q, float[] k, float[] v) {
        StateSpec state = new StateSpec(2, List.of(new StateSpec.Blocks(group, 8)));
        try (Rig rig = new Rig(new Limits(tokens, 1, 1, 8), state)) {
            int heads = q.length / tokens / group.keySize();
            Value queries = rig.input("q", Shape.rows(TOKENS, q.length / tokens), q);
            Value keys = rig.input("k", Shape.rows(TOKENS, k.length / tokens), k);
            Value values = rig.input("v", Shape.rows(TOKENS, v.length / tokens), v);
            Value out = rig.result("out", Shape.rows(TOKENS, heads * group.valueSize()));
            rig.add(new WriteKv(keys, values, group, 0));
            rig.add(new Attention(out, queries, group, 0, scale, softCap));
            Step step = rig.step();
            step.addSequence();
            for (int token = 0; token < tokens; token++) {
                step.setBlock(0, token / 2, 7 - token / 2);
                step.addToken(0, token, token);
            }
            return rig.floats(step, out);
        }
    }

    @Test
    void weighsValuesBySoftmaxOfTheScores() {
        float[] out = attend(
                plain(1, 2, 1, 0),
                2,
                0.5f,
                0,
                new float[] {1, 1, 2, 0},
                new float[] {log(3), 9, 0, -9}, // scores of the second token: ln 3 and 0
                new float[] {4, 8});

        assertThat(out).containsExactly(new float[] {4, 5}, within(1e-6f));
    }

    @Test
    void neighbouringQueryHeadsShareAKvHead() {
        float[] out = attend(
                plain(2, 1, 1, 0), 1, 1, 0, new float[] {1, 2, 3, 4, 5, 6}, new float[] {1, 1}, new float[] {7, 8});

        assertThat(out).containsExactly(7, 7, 7, 8, 8, 8);
    }

    @Test
    void capsScoresBeforeSoftmax() {
        float[] out =
                attend(plain(1, 1, 1, 0), 2, 1, 2, new float[] {0, 1}, new float[] {1e6f, -1e6f}, new float[] {1, 0});

        assertThat(out[1]).as("scores 2 and -2").isCloseTo((float) (1 / (1 + Math.exp(-4))), within(1e-6f));
    }

    @Test
    void aWindowOfTwoSeesTheTokenAndTheOneBefore() {
        float[] out = attend(plain(1, 1, 1, 2), 4, 1, 0, new float[4], new float[4], new float[] {1, 3, 9, 27});

        assertThat(out).containsExactly(1, 2, 6, 18);
    }

    @Test
    void largeScoresStayFinite() {
        float[] out = attend(
                plain(1, 1, 1, 0), 2, 1, 0, new float[] {1e5f, 1e5f}, new float[] {1e5f, -1e5f}, new float[] {1, 2});

        assertThat(out).containsExactly(1, 1);
    }

    @Test
    void whatIsNotSeenDoesNotMatterHoweverBadItIs() {
        float bad = Float.NaN;
        float[] out = attend(
                plain(1, 1, 1, 2), 4, 1, 0, new float[4], new float[] {bad, 0, 0, 0}, new float[] {bad, 2, 4, 6});

        assertThat(out).containsExactly(bad, bad, 3, 5);
    }

    @Test
    void keepsKeysAndValuesInTheFormThatIsExported() {
        KvGroup group = new KvGroup("two", 2, 2, 2, 1, 0, Format.F16, Format.F32);
        StateSpec state = new StateSpec(3, List.of(new StateSpec.Blocks(group, 2)));
        try (Rig rig = new Rig(new Limits(2, 1, 1, 6), state)) {
            Value keys = rig.input("k", Shape.rows(TOKENS, 4), 1, 2, 3, 4, 5, 6, 7, 8);
            Value values = rig.input("v", Shape.rows(TOKENS, 2), 0.1f, 0.2f, 0.3f, 0.4f);
            rig.add(new WriteKv(keys, values, group, 1));
            Value echo = rig.result("echo", keys.shape());
            rig.add(new Scale(echo, keys, 1)); // a program has something to bring back
            Step step = rig.step();
            step.addSequence();
            step.setBlock(0, 0, 1);
            step.addToken(0, 0, 1);
            step.addToken(0, 0, 2);
            rig.run(step, echo);

            // [layer 0: 3 x (2 x 2 halves), 3 x (2 x 1 floats)] [layer 1: the same]
            ByteBuffer block = ByteBuffer.allocate(96).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 8; i++) {
                block.putShort(48 + 8 + 2 * i, Float.floatToFloat16(i + 1));
            }
            for (int i = 0; i < 4; i++) {
                block.putFloat(48 + 24 + 8 + 4 * i, new float[] {0.1f, 0.2f, 0.3f, 0.4f}[i]);
            }
            byte[] exported = new byte[96];
            rig.states().exportBlock(0, 1, MemorySegment.ofArray(exported));
            assertThat(exported).containsExactly(block.array());
            rig.states().exportBlock(0, 0, MemorySegment.ofArray(exported));
            assertThat(exported).as("the other block").containsOnly(0);
        }
    }

    private static Setting setting(
            int heads,
            int kvHeads,
            int keySize,
            int valueSize,
            int window,
            float softCap,
            int blockTokens,
            Format format) {
        KvGroup group = new KvGroup("tested", 2, kvHeads, keySize, valueSize, window, format, format);
        return new Setting(group, heads, softCap, blockTokens);
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                arguments("one to one", setting(3, 3, 6, 6, 0, 0, 4, Format.F32)),
                arguments("two to one", setting(4, 2, 8, 8, 0, 0, 4, Format.F32)),
                arguments("eight to one", setting(8, 1, 5, 3, 0, 0, 16, Format.F16)),
                arguments("blocks of one", setting(2, 1, 4, 7, 0, 0, 1, Format.F32)),
                arguments("soft cap", setting(6, 2, 8, 8, 0, 0.5f, 4, Format.F16)),
                arguments("window of one", setting(2, 2, 4, 4, 1, 0, 4, Format.F32)),
                arguments("short window", setting(4, 2, 4, 4, 5, 0, 3, Format.F32)),
                arguments("window and soft cap", setting(4, 4, 4, 4, 9, 1, 2, Format.F32)),
                arguments("long window", setting(2, 1, 4, 4, 1000, 0, 4, Format.F32)),
                arguments("Q8_0", setting(4, 2, 32, 64, 0, 0, 4, Format.Q8_0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void equalsTheFormulaThroughWholeConversations(String name, Setting setting) {
        for (long seed = 1; seed <= 5; seed++) {
            converse(setting, seed);
        }
    }

    /** Some sequences that grow by one or many tokens at a time, branch off each other and are rolled back. */
    private static void converse(Setting setting, long seed) {
        Random random = new Random(seed);
        try (AttentionScenario scenario = new AttentionScenario(setting, seed)) {
            List<Sequence> sequences = new ArrayList<>(List.of(scenario.begin(), scenario.begin()));
            for (int round = 0; round < 8; round++) {
                List<Turn> turns = new ArrayList<>();
                for (Sequence sequence : sequences) {
                    int tokens = random.nextBoolean() ? 1 : random.nextInt(7);
                    if (tokens > 0 && sequence.length() + tokens <= AttentionScenario.CONTEXT) {
                        turns.add(new Turn(sequence, tokens, random.nextInt(3) == 0 ? tree(random, tokens) : null));
                    }
                }
                if (!turns.isEmpty()) {
                    scenario.run(turns.toArray(Turn[]::new));
                }
                for (Turn turn : turns) {
                    if (turn.parents() != null || random.nextInt(4) == 0) {
                        scenario.rollBack(turn.sequence(), random.nextInt(turn.tokens() + 1));
                    }
                }
                if (sequences.size() < 4 && setting.group().window() == 0 && random.nextInt(3) == 0) {
                    sequences.add(scenario.fork(sequences.getFirst()));
                }
            }
        }
    }

    private static List<Integer> tree(Random random, int tokens) {
        List<Integer> parents = new ArrayList<>();
        for (int token = 0; token < tokens; token++) {
            parents.add(random.nextInt(token + 1) - 1);
        }
        return parents;
    }
}
