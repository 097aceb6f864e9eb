package dev.javelin.api;

import dev.javelin.api.Dim.Symbol;

/**
 * A decoder of two layers in plain operations, in the manner of Llama or, with a norm of each query and key head, of Qwen 3.
 * Keys and queries are in another format than values, as in most files.
 */
final class TwoLayers {
    static final int HIDDEN = 256;
    static final int HEAD = 64;
    static final int QUERIES = 256;
    static final int KEYS = 128;
    static final int INNER = 512;
    static final int VOCABULARY = 300;
    static final KvGroup GROUP = new KvGroup("all", 2, 2, HEAD, HEAD, 0, Format.F16, Format.F16);

    private final Program.Builder program;
    private final boolean headNorms;

    private TwoLayers(boolean headNorms) {
        this.headNorms = headNorms;
        this.program = Program.builder(headNorms ? "like Qwen 3" : "like Llama");
    }

    static Program likeLlama() {
        return new TwoLayers(false).build();
    }

    static Program likeQwen3() {
        return new TwoLayers(true).build();
    }

    private Program build() {
        Value table = program.weight("embedding", Format.Q6_K, Shape.of(VOCABULARY, HIDDEN));
        Value stream = tokens("stream", HIDDEN);
        program.add(new Embed(stream, table, 1));
        for (int layer = 0; layer < 2; layer++) {
            stream = feedForward(layer, attention(layer, stream));
        }
        Value rows = outputs("rows", HIDDEN);
        Value normed = outputs("normed", HIDDEN);
        Value logits = outputs("logits", VOCABULARY);
        Value ids = program.indices("ids", Shape.rows(Symbol.OUTPUTS));
        program.add(new Rows(rows, stream));
        program.add(new RmsNorm(normed, rows, vector("output norm", HIDDEN), 1e-6f));
        program.add(new MatMul(logits, normed, table)); // tied: gathered from and multiplied with
        program.add(new ArgMax(ids, logits));
        return program.output(logits, Want.LOGITS).output(ids, Want.ID).build();
    }

    private Value attention(int layer, Value stream) {
        Value normed = tokens("attention norm " + layer, HIDDEN);
        Value q = tokens("q " + layer, QUERIES);
        Value k = tokens("k " + layer, KEYS);
        Value v = tokens("v " + layer, KEYS);
        program.add(new RmsNorm(normed, stream, vector("attention norm weight " + layer, HIDDEN), 1e-6f));
        program.add(new MatMul(q, normed, matrix("wq " + layer, Format.Q4_K, QUERIES, HIDDEN)));
        program.add(new MatMul(k, normed, matrix("wk " + layer, Format.Q4_K, KEYS, HIDDEN)));
        program.add(new MatMul(v, normed, matrix("wv " + layer, Format.Q6_K, KEYS, HIDDEN)));
        if (headNorms) {
            q = headNorm("q norm " + layer, q);
            k = headNorm("k norm " + layer, k);
        }
        RopeSpec spec = RopeSpec.plain(RopeSpec.Order.HALVES, HEAD, 10_000);
        Value turnedQ = tokens("turned q " + layer, QUERIES);
        Value turnedK = tokens("turned k " + layer, KEYS);
        Value mixed = tokens("mixed " + layer, QUERIES);
        program.add(new Rope(turnedQ, q, HEAD, spec, null));
        program.add(new Rope(turnedK, k, HEAD, spec, null));
        program.add(new WriteKv(turnedK, v, GROUP, layer));
        program.add(new Attention(mixed, turnedQ, GROUP, layer, 0.125f, 0));
        return project("attention out " + layer, mixed, stream);
    }

    private Value feedForward(int layer, Value stream) {
        Value normed = tokens("ffn norm " + layer, HIDDEN);
        Value gate = tokens("gate " + layer, INNER);
        Value up = tokens("up " + layer, INNER);
        Value inner = tokens("inner " + layer, INNER);
        program.add(new RmsNorm(normed, stream, vector("ffn norm weight " + layer, HIDDEN), 1e-6f));
        program.add(new MatMul(gate, normed, matrix("w gate " + layer, Format.Q4_K, INNER, HIDDEN)));
        program.add(new MatMul(up, normed, matrix("w up " + layer, Format.Q4_K, INNER, HIDDEN)));
        program.add(new Glu(inner, gate, up, Activation.SILU));
        return project("ffn out " + layer, inner, stream);
    }

    private Value project(String name, Value x, Value stream) {
        Value product = tokens(name, HIDDEN);
        Value sum = tokens("stream after " + name, HIDDEN);
        program.add(new MatMul(product, x, matrix("w " + name, Format.Q6_K, HIDDEN, x.width())));
        program.add(new Binary(sum, Binary.Kind.ADD, stream, product));
        return sum;
    }

    private Value headNorm(String name, Value x) {
        Value normed = tokens(name, x.width());
        program.add(new RmsNorm(normed, x, vector(name + " weight", HEAD), 1e-6f));
        return normed;
    }

    private Value tokens(String name, int width) {
        return program.result(name, Shape.rows(Symbol.TOKENS, width));
    }

    private Value outputs(String name, int width) {
        return program.result(name, Shape.rows(Symbol.OUTPUTS, width));
    }

    private Value vector(String name, int size) {
        return program.weight(name, Format.F32, Shape.of(size));
    }

    private Value matrix(String name, Format format, int rows, int columns) {
        return program.weight(name, format, Shape.of(rows, columns));
    }
}
