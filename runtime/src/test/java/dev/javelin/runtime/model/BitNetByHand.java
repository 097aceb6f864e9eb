package dev.javelin.runtime.model;

import dev.javelin.api.Format;
import dev.javelin.runtime.gguf.GgufOutput;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** A BitNet of random ternary weights: as a file, and its logits by the formulas of the model, in double and one by one. */
final class BitNetByHand {
    private static final int LAYERS = 2;
    private static final int WIDTH = 64;
    private static final int HIDDEN = 96;
    private static final int HEADS = 4;
    private static final int KV_HEADS = 2;
    private static final int HEAD = WIDTH / HEADS;
    private static final double BASE = 500_000;
    private static final float EPS = 1e-5f;

    static final int VOCABULARY = 40;
    static final int CONTEXT = 32;

    /** A matrix or, with one row, a vector. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Tensor(int rows, int columns, float[] values) {

        double[] times(double[] x) {
            double[] products = new double[rows];
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < columns; i++) {
                    products[row] += values[row * columns + i] * x[i];
                }
            }
            return products;
        }

        /** The root mean square taken out of {@code x}, which is then weighted. */
        double[] norm(double[] x) {
            double squares = 0;
            for (double value : x) {
                squares += value * value;
            }
            double factor = 1 / Math.sqrt(squares / x.length + EPS);
            double[] normed = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                normed[i] = x[i] * factor * values[i];
            }
            return normed;
        }
    }

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final SplittableRandom random;

    BitNetByHand(long seed) {
        random = new SplittableRandom(seed);
        float[] table = new float[VOCABULARY * WIDTH];
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) random.nextGaussian();
        }
        tensors.put("token_embd", new Tensor(VOCABULARY, WIDTH, table));
        vector("output_norm", WIDTH);
        for (int layer = 0; layer < LAYERS; layer++) {
            String block = "blk." + layer + ".";
            vector(block + "attn_norm", WIDTH);
            ternary(block + "attn_q", WIDTH, WIDTH);
            ternary(block + "attn_k", KV_HEADS * HEAD, WIDTH);
            ternary(block + "attn_v", KV_HEADS * HEAD, WIDTH);
            vector(block + "attn_sub_norm", WIDTH);
            ternary(block + "attn_output", WIDTH, WIDTH);
            vector(block + "ffn_norm", WIDTH);
            ternary(block + "ffn_gate", HIDDEN, WIDTH);
            ternary(block + "ffn_up", HIDDEN, WIDTH);
            vector(block + "ffn_sub_norm", HIDDEN);
            ternary(block + "ffn_down", WIDTH, HIDDEN);
        }
    }

    private void vector(String name, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (1 + 0.3 * random.nextGaussian());
        }
        tensors.put(name, new Tensor(1, length, values));
    }

    /** Weights -1, 0 and 1, times one scale. */
    private void ternary(String name, int rows, int columns) {
        float scale = (float) (random.nextDouble(1, 2) / Math.sqrt(columns));
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = scale * (random.nextInt(3) - 1);
        }
        tensors.put(name, new Tensor(rows, columns, values));
    }

    /** Writes it as a file of that architecture, with further metadata. */
    void write(Path file, String architecture, Map<String, String> more) {
        String prefix = architecture + ".";
        GgufOutput out = new GgufOutput()
                .string("general.architecture", architecture)
                .uint32(prefix + "context_length", CONTEXT)
                .uint32(prefix + "embedding_length", WIDTH)
                .uint32(prefix + "block_count", LAYERS)
                .uint32(prefix + "feed_forward_length", HIDDEN)
                .uint32(prefix + "attention.head_count", HEADS)
                .uint32(prefix + "attention.head_count_kv", KV_HEADS)
                .uint32(prefix + "rope.dimension_count", HEAD)
                .float32(prefix + "rope.freq_base", (float) BASE)
                .float32(prefix + "attention.layer_norm_rms_epsilon", EPS);
        more.forEach((key, value) -> out.string(prefix + key, value));
        tensors.forEach((name, tensor) -> {
            List<Long> dims = tensor.rows() == 1
                    ? List.of((long) tensor.columns())
                    : List.of((long) tensor.columns(), (long) tensor.rows());
            out.tensor(name + ".weight", Format.F32, dims, sink -> sink.write(bytes(tensor.values())));
        });
        out.write(file, GgufOutput.Listener.NONE);
    }

    private static MemorySegment bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return MemorySegment.ofBuffer(bytes);
    }

    /** The logits after each token. */
    float[] logits(int[] tokens, DoubleUnaryOperator gate) {
        double[][] states = new double[tokens.length][];
        for (int i = 0; i < tokens.length; i++) {
            states[i] = new double[WIDTH];
            for (int j = 0; j < WIDTH; j++) {
                states[i][j] = tensor("token_embd").values()[tokens[i] * WIDTH + j];
            }
        }
        for (int layer = 0; layer < LAYERS; layer++) {
            layer("blk." + layer + ".", states, gate);
        }
        float[] logits = new float[tokens.length * VOCABULARY];
        for (int i = 0; i < tokens.length; i++) {
            double[] row = tensor("token_embd").times(tensor("output_norm").norm(states[i]));
            for (int id = 0; id < VOCABULARY; id++) {
                logits[i * VOCABULARY + id] = (float) row[id];
            }
        }
        return logits;
    }

    private void layer(String block, double[][] states, DoubleUnaryOperator gate) {
        double[][] keys = new double[states.length][];
        double[][] values = new double[states.length][];
        for (int i = 0; i < states.length; i++) {
            double[] normed = tensor(block + "attn_norm").norm(states[i]);
            double[] query = turned(tensor(block + "attn_q").times(normed), i);
            keys[i] = turned(tensor(block + "attn_k").times(normed), i);
            values[i] = tensor(block + "attn_v").times(normed);
            double[] attended = tensor(block + "attn_sub_norm").norm(attend(query, keys, values, i));
            add(states[i], tensor(block + "attn_output").times(attended));
            double[] second = tensor(block + "ffn_norm").norm(states[i]);
            double[] gated = tensor(block + "ffn_up").times(second);
            double[] gates = tensor(block + "ffn_gate").times(second);
            for (int j = 0; j < HIDDEN; j++) {
                gated[j] *= gate.applyAsDouble(gates[j]);
            }
            add(
                    states[i],
                    tensor(block + "ffn_down")
                            .times(tensor(block + "ffn_sub_norm").norm(gated)));
        }
    }

    private static double[] attend(double[] query, double[][] keys, double[][] values, int last) {
        double[] out = new double[WIDTH];
        for (int head = 0; head < HEADS; head++) {
            int kv = head / (HEADS / KV_HEADS) * HEAD;
            double[] shares = new double[last + 1];
            double sum = 0;
            for (int i = 0; i <= last; i++) {
                double score = 0;
                for (int j = 0; j < HEAD; j++) {
                    score += query[head * HEAD + j] * keys[i][kv + j];
                }
                shares[i] = Math.exp(score / Math.sqrt(HEAD));
                sum += shares[i];
            }
            for (int i = 0; i <= last; i++) {
                for (int j = 0; j < HEAD; j++) {
                    out[head * HEAD + j] += shares[i] / sum * values[i][kv + j];
                }
            }
        }
        return out;
    }

    /** Every head turned, the first half of its elements with the second. */
    private static double[] turned(double[] heads, int position) {
        double[] turned = heads.clone();
        for (int head = 0; head < heads.length; head += HEAD) {
            for (int i = 0; i < HEAD / 2; i++) {
                double angle = position * Math.pow(BASE, -2.0 * i / HEAD);
                double first = heads[head + i];
                double second = heads[head + i + HEAD / 2];
                turned[head + i] = first * Math.cos(angle) - second * Math.sin(angle);
                turned[head + i + HEAD / 2] = first * Math.sin(angle) + second * Math.cos(angle);
            }
        }
        return turned;
    }

    private static void add(double[] to, double[] more) {
        for (int i = 0; i < to.length; i++) {
            to[i] += more[i];
        }
    }

    private Tensor tensor(String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }
}
