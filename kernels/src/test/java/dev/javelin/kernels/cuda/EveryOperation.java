package dev.javelin.kernels.cuda;

import dev.javelin.api.Activation;
import dev.javelin.api.ArgMax;
import dev.javelin.api.Attention;
import dev.javelin.api.AttentionInput;
import dev.javelin.api.Binary;
import dev.javelin.api.Dim;
import dev.javelin.api.Embed;
import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.ExpertSum;
import dev.javelin.api.Format;
import dev.javelin.api.Glu;
import dev.javelin.api.KvGroup;
import dev.javelin.api.MatMul;
import dev.javelin.api.MatMulAdd;
import dev.javelin.api.NormGateUpGlu;
import dev.javelin.api.Op;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Rope;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.Route;
import dev.javelin.api.Rows;
import dev.javelin.api.Scale;
import dev.javelin.api.Shape;
import dev.javelin.api.SoftCap;
import dev.javelin.api.TopK;
import dev.javelin.api.Unary;
import dev.javelin.api.Value;
import dev.javelin.api.WriteKv;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** One operation for each kernel that may be launched: each kind, in each format, with heads of each size. */
final class EveryOperation {
    private static final List<Format> KV = List.of(Format.F32, Format.F16, Format.Q8_0);
    private static final int WIDTH = 512;
    private static final float EPS = 1e-5f;

    private EveryOperation() {}

    static Stream<Op> all() {
        return Stream.of(
                        weightFormats().flatMap(EveryOperation::ofWeights),
                        KV.stream().flatMap(EveryOperation::ofHeads),
                        others())
                .flatMap(ops -> ops);
    }

    static Stream<Format> weightFormats() {
        return Arrays.stream(Format.values()).filter(format -> !format.storageOnly());
    }

    private static Stream<Op> ofWeights(Format format) {
        Value x = result("x", WIDTH);
        Value normed = result("normed", WIDTH);
        RmsNorm norm = new RmsNorm(normed, x, weight("norm", Format.F32, WIDTH), EPS);
        MatMul gate = new MatMul(result("gate", WIDTH), normed, weight("gates", format, WIDTH, WIDTH));
        MatMul up = new MatMul(result("up", WIDTH), normed, weight("ups", format, WIDTH, WIDTH));
        MatMul product = new MatMul(result("product", WIDTH), x, weight("matrix", format, WIDTH, WIDTH));
        return Stream.of(
                new Embed(result("row", WIDTH), weight("table", format, 64, WIDTH), 1),
                product,
                new MatMulAdd(product, new Binary(result("sum", WIDTH), Binary.Kind.ADD, product.out(), normed)),
                new NormGateUpGlu(
                        norm, gate, up, new Glu(result("gated", WIDTH), gate.out(), up.out(), Activation.SILU)),
                attentionInput(format, norm),
                new ExpertMatMul(
                        new Value(90, "each", Value.Kind.RESULT, Format.F32, Shape.rows(Dim.Symbol.TOKENS, 2, WIDTH)),
                        x,
                        weight("matrices", format, 4, WIDTH, WIDTH),
                        chosen(),
                        null));
    }

    private static AttentionInput attentionInput(Format format, RmsNorm norm) {
        KvGroup group = new KvGroup("all", 1, 4, 128, 128, 0, Format.F16, Format.F16);
        MatMul q = new MatMul(result("q", WIDTH), norm.out(), weight("qs", format, WIDTH, WIDTH));
        MatMul k = new MatMul(result("k", WIDTH), norm.out(), weight("ks", format, WIDTH, WIDTH));
        MatMul v = new MatMul(result("v", WIDTH), norm.out(), weight("vs", format, WIDTH, WIDTH));
        RopeSpec spec = RopeSpec.plain(RopeSpec.Order.HALVES, 128, 10000);
        Rope turnedQ = new Rope(result("tq", WIDTH), q.out(), 128, spec, null);
        Rope turnedK = new Rope(result("tk", WIDTH), k.out(), 128, spec, null);
        WriteKv write = new WriteKv(turnedK.out(), v.out(), group, 0);
        return new AttentionInput(norm, q, k, v, null, null, turnedQ, turnedK, write);
    }

    private static Stream<Op> ofHeads(Format format) {
        return Stream.of(32, 64, 96, 128, 256, 512).flatMap(size -> {
            KvGroup group = new KvGroup("all", 1, 2, size, size, 0, format, format);
            Value q = result("q", 8 * size);
            Value kept = result("kept", 2 * size);
            return Stream.of(
                    new WriteKv(kept, kept, group, 0),
                    new Attention(result("plain", 8 * size), q, group, 0, 1, 0),
                    new Attention(result("capped", 8 * size), q, group, 0, 1, 50));
        });
    }

    private static Stream<Op> others() {
        Value x = result("x", WIDTH);
        Value out = result("out", WIDTH);
        Value ids = new Value(91, "ids", Value.Kind.RESULT, Format.I32, Shape.rows(Dim.Symbol.OUTPUTS));
        Value best = new Value(92, "best", Value.Kind.RESULT, Format.I32, Shape.rows(Dim.Symbol.OUTPUTS, 4));
        Value logits = new Value(93, "logits", Value.Kind.RESULT, Format.F32, Shape.rows(Dim.Symbol.OUTPUTS, WIDTH));
        Value values = new Value(94, "values", Value.Kind.RESULT, Format.F32, Shape.rows(Dim.Symbol.OUTPUTS, 4));
        Value each = new Value(95, "each", Value.Kind.RESULT, Format.F32, Shape.rows(Dim.Symbol.TOKENS, 2, WIDTH));
        return Stream.of(
                new RmsNorm(out, x, weight("norm", Format.F32, WIDTH), EPS),
                new Rope(out, x, 128, RopeSpec.plain(RopeSpec.Order.HALVES, 128, 10000), null),
                new Unary(out, x, Activation.SILU),
                new Glu(out, x, result("up", WIDTH), Activation.SILU),
                new Scale(out, x, 2),
                new SoftCap(out, x, 2),
                new Binary(out, Binary.Kind.ADD, x, result("b", WIDTH)),
                new Rows(logits, x),
                new ArgMax(ids, logits),
                new TopK(best, values, logits),
                new Route(chosen(), result("shares", 2), result("scores", 8), Route.Scoring.SOFTMAX, null, false, 1),
                new ExpertSum(out, each, result("shares", 2)));
    }

    private static Value chosen() {
        return new Value(96, "chosen", Value.Kind.RESULT, Format.I32, Shape.rows(Dim.Symbol.TOKENS, 2));
    }

    private static Value result(String name, int width) {
        return new Value(name.hashCode(), name, Value.Kind.RESULT, Format.F32, Shape.rows(Dim.Symbol.TOKENS, width));
    }

    private static Value weight(String name, Format format, int... sizes) {
        return new Value(name.hashCode(), name, Value.Kind.WEIGHT, format, Shape.of(sizes));
    }
}
