package dev.javelin.kernels.reference;

import static dev.javelin.api.Dim.Symbol.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.javelin.api.Attention;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.Shape;
import dev.javelin.api.StateSpec;
import dev.javelin.api.StateStore;
import dev.javelin.api.Step;
import dev.javelin.api.Value;
import dev.javelin.api.WriteKv;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Sequences that are kept twice: in blocks on the device, and as plain lists from which attention is worked out a second time
 * by its formula. Blocks are handed out in a random order, and those that no query can see any more at once to others.
 */
final class AttentionScenario implements AutoCloseable {
    static final int CONTEXT = 40;
    static final int MOST_TOKENS = 24;
    private static final int BLOCKS = 80;
    private static final int SLACK = 4; // tokens that may be rolled back without missing what was behind the window

    /** What stays the same: the group, and how it is read. */
    record Setting(KvGroup group, int heads, float softCap, int blockTokens) {
        float scale() {
            return (float) (1 / Math.sqrt(group.keySize()));
        }
    }

    /** One sequence: the blocks that hold it, and the keys and values themselves. */
    static final class Sequence {
        private final int[] table;
        private final List<float[][]> keys = new ArrayList<>(); // of each token, [layer][kvHeads · keySize]
        private final List<float[][]> values = new ArrayList<>();
        private int shared; // tokens in blocks that other sequences use too

        private Sequence(int blocks) {
            table = new int[blocks];
            Arrays.fill(table, -1);
        }

        int length() {
            return keys.size();
        }
    }

    /** New tokens of a sequence; {@code parents} makes a tree of them, -1 stands for the kept tokens. */
    record Turn(Sequence sequence, int tokens, @Nullable List<Integer> parents) {
        Turn(Sequence sequence, int tokens) {
            this(sequence, tokens, null);
        }

        /** Whether one new token sees another. */
        boolean sees(int token, int other) {
            if (parents == null) {
                return other <= token;
            }
            int ancestor = token;
            while (ancestor > other) {
                ancestor = parents.get(ancestor);
            }
            return ancestor == other;
        }
    }

    private final Setting setting;
    private final Random random;
    private final Rig rig;
    private final Deque<Integer> free = new ArrayDeque<>();
    private final List<Value> q = new ArrayList<>();
    private final List<Value> k = new ArrayList<>();
    private final List<Value> v = new ArrayList<>();
    private final List<Value> out = new ArrayList<>();

    AttentionScenario(Setting setting, long seed) {
        this.setting = setting;
        this.random = new Random(seed);
        KvGroup group = setting.group();
        KvGroup other = new KvGroup("other", 1, 1, 3, 5, 0, Format.F16, Format.F32);
        StateSpec state = new StateSpec(
                setting.blockTokens(),
                List.of(new StateSpec.Blocks(other, BLOCKS), new StateSpec.Blocks(group, BLOCKS)));
        Limits limits = new Limits(MOST_TOKENS, 4, MOST_TOKENS, CONTEXT, new Limits.Extras(0, 0, 0, true));
        this.rig = new Rig(limits, state);
        for (int layer = 0; layer < group.layers(); layer++) {
            q.add(rig.input("q" + layer, Shape.rows(TOKENS, setting.heads() * group.keySize())));
            k.add(rig.input("k" + layer, Shape.rows(TOKENS, group.kvHeads() * group.keySize())));
            v.add(rig.input("v" + layer, Shape.rows(TOKENS, group.kvHeads() * group.valueSize())));
            out.add(rig.result("out" + layer, Shape.rows(TOKENS, setting.heads() * group.valueSize())));
            rig.add(new WriteKv(k.get(layer), v.get(layer), group, layer));
            rig.add(new Attention(out.get(layer), q.get(layer), group, layer, setting.scale(), setting.softCap()));
        }
        List<Integer> blocks = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            blocks.add(block);
        }
        Collections.shuffle(blocks, random);
        free.addAll(blocks);
    }

    StateStore states() {
        return rig.states();
    }

    Sequence begin() {
        return new Sequence(Math.ceilDiv(CONTEXT, setting.blockTokens()));
    }

    /** A sequence that begins like another, in the very same blocks, as far as whole blocks reach. */
    Sequence fork(Sequence origin) {
        Sequence fork = begin();
        int blocks = origin.length() / setting.blockTokens();
        System.arraycopy(origin.table, 0, fork.table, 0, blocks);
        fork.shared = blocks * setting.blockTokens();
        origin.shared = Math.max(origin.shared, fork.shared);
        fork.keys.addAll(origin.keys.subList(0, fork.shared));
        fork.values.addAll(origin.values.subList(0, fork.shared));
        return fork;
    }

    /** Forgets the last tokens; only the length tells the device. */
    void rollBack(Sequence sequence, int tokens) {
        if (sequence.length() - tokens >= sequence.shared && tokens <= SLACK) {
            for (int i = 0; i < tokens; i++) {
                sequence.keys.removeLast();
                sequence.values.removeLast();
            }
        }
    }

    /** Adds the tokens, with random keys, values and queries, and compares every result with the formula. */
    void run(Turn... turns) {
        Step step = rig.step();
        for (Turn turn : turns) {
            add(step, turn);
        }
        KvGroup group = setting.group();
        float[][] queries = fill(q, step.tokens());
        float[][] keys = fill(k, step.tokens());
        float[][] values = fill(v, step.tokens());
        int token = 0;
        for (Turn turn : turns) {
            for (int i = 0; i < turn.tokens(); i++, token++) {
                turn.sequence().keys.add(rows(keys, token, group.keyFormat(), group.keySize() * group.kvHeads()));
                turn.sequence()
                        .values
                        .add(rows(values, token, group.valueFormat(), group.valueSize() * group.kvHeads()));
            }
        }
        Rig.Numbers results = rig.run(step, out.toArray(Value[]::new));
        for (int layer = 0; layer < group.layers(); layer++) {
            float[] actual = results.floats(out.get(layer));
            float[] expected = expected(layer, queries[layer], turns);
            assertThat(actual).as("layer %d of %s", layer, setting).containsExactly(expected, within(3e-6f));
        }
    }

    private void add(Step step, Turn turn) {
        Sequence sequence = turn.sequence();
        int old = sequence.length();
        int window = setting.group().window();
        step.addSequence();
        for (int i = 0; i < sequence.table.length && i * setting.blockTokens() < old + turn.tokens(); i++) {
            int end = (i + 1) * setting.blockTokens();
            if (window > 0 && end <= old - window + 1 - SLACK && sequence.table[i] >= 0) {
                if (end > sequence.shared) {
                    free.addLast(sequence.table[i]);
                }
                sequence.table[i] = -1;
            } else if (end > old && sequence.table[i] < 0) {
                sequence.table[i] = free.removeFirst();
            }
            step.setBlock(1, i, sequence.table[i]);
        }
        int first = step.tokens();
        for (int i = 0; i < turn.tokens(); i++) {
            step.addToken(0, 1000 + i, old + i); // positions are nothing to attention
        }
        if (turn.parents() != null) {
            step.tree();
            for (int i = 0; i < turn.tokens(); i++) {
                for (int j = 0; j < i; j++) {
                    if (turn.sees(i, j)) {
                        step.see(first + i, first + j);
                    }
                }
            }
        }
    }

    /** Random numbers for one input of each layer. */
    private float[][] fill(List<Value> inputs, int tokens) {
        float[][] numbers = new float[inputs.size()][];
        for (int layer = 0; layer < numbers.length; layer++) {
            Value input = inputs.get(layer);
            numbers[layer] = Samples.gaussian(random.nextLong(), tokens * input.width());
            rig.fill(input, numbers[layer]);
        }
        return numbers;
    }

    /** The row of a token in each layer, as it is kept. */
    private static float[][] rows(float[][] layers, int token, Format format, int width) {
        float[][] rows = new float[layers.length][];
        for (int layer = 0; layer < rows.length; layer++) {
            rows[layer] =
                    Samples.rounded(format, Arrays.copyOfRange(layers[layer], token * width, (token + 1) * width));
        }
        return rows;
    }

    private float[] expected(int layer, float[] queries, Turn... turns) {
        KvGroup group = setting.group();
        float[] expected = new float[queries.length / group.keySize() * group.valueSize()];
        int row = 0; // token and head
        for (Turn turn : turns) {
            for (int token = 0; token < turn.tokens(); token++) {
                for (int head = 0; head < setting.heads(); head++, row++) {
                    float[] query = Arrays.copyOfRange(queries, row * group.keySize(), (row + 1) * group.keySize());
                    double[] mixed = attend(layer, turn, token, head, query);
                    for (int i = 0; i < group.valueSize(); i++) {
                        expected[row * group.valueSize() + i] = (float) mixed[i];
                    }
                }
            }
        }
        return expected;
    }

    private double[] attend(int layer, Turn turn, int token, int head, float[] query) {
        KvGroup group = setting.group();
        Sequence sequence = turn.sequence();
        int kvHead = head * group.kvHeads() / setting.heads();
        int old = sequence.length() - turn.tokens();
        double[] mixed = new double[group.valueSize()];
        double sum = 0;
        for (int index = 0; index < sequence.length(); index++) {
            boolean inWindow = group.window() == 0 || old + token - index < group.window();
            boolean visible = index < old || (index <= old + token && turn.sees(token, index - old));
            if (inWindow && visible) {
                double dot = 0;
                for (int i = 0; i < group.keySize(); i++) {
                    dot += (double) query[i] * sequence.keys.get(index)[layer][kvHead * group.keySize() + i];
                }
                double score = setting.scale() * dot;
                double capped =
                        setting.softCap() == 0 ? score : setting.softCap() * Math.tanh(score / setting.softCap());
                sum += Math.exp(capped);
                for (int i = 0; i < group.valueSize(); i++) {
                    mixed[i] += Math.exp(capped) * sequence.values.get(index)[layer][kvHead * group.valueSize() + i];
                }
            }
        }
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] /= sum;
        }
        return mixed;
    }

    @Override
    public void close() {
        rig.close();
    }
}
