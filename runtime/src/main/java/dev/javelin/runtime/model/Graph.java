package dev.javelin.runtime.model;

import dev.javelin.api.Activation;
import dev.javelin.api.ArgMax;
import dev.javelin.api.Attention;
import dev.javelin.api.Binary;
import dev.javelin.api.Dim;
import dev.javelin.api.Embed;
import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.ExpertSum;
import dev.javelin.api.Format;
import dev.javelin.api.Glu;
import dev.javelin.api.MatMul;
import dev.javelin.api.Program;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Rope;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.Route;
import dev.javelin.api.Rows;
import dev.javelin.api.Shape;
import dev.javelin.api.SoftCap;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.api.WriteKv;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words in which families say how their layers are wired. Weights go by the names of the file, without {@code .weight},
 * and results by the name of what made them. For one thread.
 */
final class Graph {
    private static final String TABLE = "token_embd.weight";

    private final Program.Builder builder;
    private final ModelTensors tensors;
    private final Dimensions size;
    private final KvLayers kept;
    private final int context;

    Graph(String name, ModelTensors tensors, Dimensions size, KvLayers kept, int context) {
        this.context = context;
        this.builder = Program.builder(name);
        this.tensors = tensors;
        this.size = size;
        this.kept = kept;
    }

    /** The longest sequence that the program is for. */
    int context() {
        return context;
    }

    /** Ids that have an embedding. */
    int vocabulary() {
        return tensors.rows(TABLE);
    }

    /** What the tokens of the step begin as. */
    Value embed(float scale) {
        Value table = weight(TABLE, vocabulary(), size.width());
        Value out = tokens("embedded", size.width());
        builder.add(new Embed(out, table, scale));
        return out;
    }

    /** RMS norm of the whole row. */
    Value norm(Value x, String weight) {
        return norm(x, weight, x.width());
    }

    /** RMS norm of each head. */
    Value norm(Value x, String weight, int headSize) {
        Value out = builder.result(weight, x.shape());
        builder.add(new RmsNorm(out, x, vector(weight + ".weight", headSize), size.eps()));
        return out;
    }

    /** The product with a matrix, with its bias and its scale where the file has them. */
    Value product(Value x, String name, int rows) {
        return product(x, name, name + ".weight", rows, name + ".bias", name + ".scale");
    }

    /** The product with {@code rows} rows from {@code from} on of a matrix that has {@code all}. */
    Value productOfRows(Value x, String name, int from, int rows, int all) {
        tensors.require(name + ".weight", all, x.width());
        String matrix = ModelTensors.slice(name + ".weight", from, from + rows);
        String bias = ModelTensors.slice(name + ".bias", from, from + rows);
        return product(x, matrix, matrix, rows, bias, name + ".scale");
    }

    private Value product(Value x, String name, String matrix, int rows, String bias, String scale) {
        Value out = builder.result(name, Shape.rows(x.rows(), rows));
        builder.add(new MatMul(
                out,
                x,
                weight(matrix, rows, x.width()),
                tensors.has(bias) ? vector(bias, rows) : null,
                tensors.has(scale) ? vector(scale, 1) : null));
        return out;
    }

    /** Queries, keys and values of every head, each by a matrix of its own. */
    Heads heads(String block, Value x) {
        return new Heads(
                product(x, block + ".attn_q", size.heads() * size.keySize()),
                product(x, block + ".attn_k", size.kvHeads() * size.keySize()),
                product(x, block + ".attn_v", size.kvHeads() * size.valueSize()));
    }

    /** Queries, keys and values of every head, by one matrix for all three. */
    Heads fusedHeads(String block, Value x) {
        String name = block + ".attn_qkv";
        int queries = size.heads() * size.keySize();
        int keys = size.kvHeads() * size.keySize();
        int values = size.kvHeads() * size.valueSize();
        int all = queries + keys + values;
        return new Heads(
                productOfRows(x, name, 0, queries, all),
                productOfRows(x, name, queries, keys, all),
                productOfRows(x, name, queries + keys, values, all));
    }

    /** With the norms of each head's query and key. */
    Heads normed(String block, Heads heads) {
        return new Heads(
                norm(heads.query(), block + ".attn_q_norm", size.keySize()),
                norm(heads.key(), block + ".attn_k_norm", size.keySize()),
                heads.value());
    }

    /** With queries and keys turned by their tokens' positions; by the tensor {@code factors}, if the file has it. */
    Heads turned(Heads heads, RopeSpec spec, String factors) {
        String name = factors + ".weight";
        @Nullable Value weight = tensors.has(name) ? vector(name, spec.dims() / 2) : null;
        return new Heads(turned(heads.query(), spec, weight), turned(heads.key(), spec, weight), heads.value());
    }

    private Value turned(Value x, RopeSpec spec, @Nullable Value factors) {
        Value out = builder.result(x.name() + " turned", x.shape());
        builder.add(new Rope(out, x, size.keySize(), spec, factors));
        return out;
    }

    /** Keeps keys and values, and attends to all that are kept. */
    Value attend(int layer, Heads heads, float scale, float softCap) {
        KvLayers.Place place = kept.of(layer);
        builder.add(new WriteKv(heads.key(), heads.value(), place.group(), place.index()));
        Value out = tokens("blk." + layer + ".attended", size.heads() * size.valueSize());
        builder.add(new Attention(out, heads.query(), place.group(), place.index(), scale, softCap));
        return out;
    }

    /** The first half of a feed-forward layer: the gated product. */
    Value gated(String block, Value x, Activation activation) {
        Value gate = product(x, block + ".ffn_gate", size.hidden());
        return glu(gate, product(x, block + ".ffn_up", size.hidden()), activation);
    }

    /** The same by one matrix, the gate before the rest. */
    Value fusedGated(String block, Value x, Activation activation) {
        String name = block + ".ffn_up";
        int hidden = size.hidden();
        Value gate = productOfRows(x, name, 0, hidden, 2 * hidden);
        return glu(gate, productOfRows(x, name, hidden, hidden, 2 * hidden), activation);
    }

    private Value glu(Value gate, Value up, Activation activation) {
        Value out = builder.result(up.name() + " gated", up.shape());
        builder.add(new Glu(out, gate, up, activation));
        return out;
    }

    Value add(Value a, Value b) {
        Value out = builder.result(a.name() + " added", a.shape());
        builder.add(new Binary(out, Binary.Kind.ADD, a, b));
        return out;
    }

    /** A whole feed-forward layer of experts, {@code chosen} of {@code experts} for each token. */
    Value experts(String name, Value x, int experts, int chosen, int hidden, Activation activation) {
        Value logits = product(x, name + ".ffn_gate_inp", experts);
        Value who = builder.indices(name + ".experts", Shape.rows(x.rows(), chosen));
        Value shares = builder.result(name + ".shares", Shape.rows(x.rows(), chosen));
        builder.add(new Route(who, shares, logits, Route.Scoring.SOFTMAX, null, true, 1));
        Value gate = expertProduct(x, who, name + ".ffn_gate_exps", experts, hidden);
        Value up = expertProduct(x, who, name + ".ffn_up_exps", experts, hidden);
        Value down = expertProduct(glu(gate, up, activation), who, name + ".ffn_down_exps", experts, size.width());
        Value out = tokens(name + ".ffn_out", size.width());
        builder.add(new ExpertSum(out, down, shares));
        return out;
    }

    private Value expertProduct(Value x, Value who, String name, int experts, int rows) {
        int width = x.shape().size(x.shape().rank() - 1);
        Value matrices = weight(name + ".weight", experts, rows, width);
        Value out = builder.result(name, Shape.rows(who.rows(), who.width(), rows));
        builder.add(new ExpertMatMul(out, x, matrices, who, null));
        return out;
    }

    /** What is read of the last hidden state: itself, logits, and the id of the largest, of those rows that a step wants. */
    Program finish(Value x, float logitCap) {
        Value wanted = builder.result("wanted", Shape.rows(Dim.Symbol.OUTPUTS, size.width()));
        builder.add(new Rows(wanted, x));
        Value hidden = norm(wanted, "output_norm");
        String output = tensors.has("output.weight") ? "output.weight" : TABLE;
        String name = logitCap > 0 ? "uncapped" : Transformer.LOGITS;
        Value logits = product(hidden, name, output, vocabulary(), "output.bias", "output.scale");
        if (logitCap > 0) {
            Value capped = builder.result(Transformer.LOGITS, logits.shape());
            builder.add(new SoftCap(capped, logits, logitCap));
            logits = capped;
        }
        Value ids = builder.indices(Transformer.IDS, new Shape(List.of(Dim.Symbol.OUTPUTS)));
        builder.add(new ArgMax(ids, logits));
        return builder.output(hidden, Want.HIDDEN)
                .output(logits, Want.LOGITS)
                .output(ids, Want.ID)
                .build();
    }

    private Value tokens(String name, int width) {
        return builder.result(name, Shape.rows(Dim.Symbol.TOKENS, width));
    }

    private Value vector(String name, int length) {
        tensors.require(name, length);
        return builder.weight(name, Format.F32, Shape.of(length));
    }

    private Value weight(String name, int... sizes) {
        return builder.weight(name, tensors.require(name, sizes), Shape.of(sizes));
    }
}
