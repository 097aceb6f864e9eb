package dev.javelin.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.RopeSpec.Order;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How the parts of fused operations must be wired, and what the whole reads, writes and keeps to itself. */
class FusedOpTest {
    private static final KvGroup GROUP = new KvGroup("g", 1, 1, 8, 8, 0, Format.F32, Format.F32);
    private static final RopeSpec SPEC = RopeSpec.plain(Order.HALVES, 8, 10_000);

    private final Numbered values = new Numbered();
    private final Value x = values.tokens("x", 32);
    private final Value normed = values.tokens("normed", 32);
    private final Value normWeight = values.vector("norm weight", 32);
    private final RmsNorm norm = new RmsNorm(normed, x, normWeight, 1e-5f);

    private MatMul product(String name, Value of, int width) {
        Value out = values.tokens(name, width);
        return new MatMul(out, of, values.weight("w " + name, Format.F32, width, of.width()));
    }

    private RmsNorm headNorm(String name, Value of) {
        return new RmsNorm(values.tokens(name, of.width()), of, values.vector(name + " weight", 8), 1e-5f);
    }

    private Rope rope(String name, Value of) {
        return new Rope(values.tokens(name, of.width()), of, 8, SPEC, null);
    }

    private final MatMul q = product("q", normed, 16);
    private final MatMul k = product("k", normed, 8);
    private final MatMul v = product("v", normed, 8);

    private AttentionInput input(@Nullable RmsNorm qNorm, @Nullable RmsNorm kNorm) {
        Rope qRope = rope("turned q", qNorm == null ? q.out() : qNorm.out());
        Rope kRope = rope("turned k", kNorm == null ? k.out() : kNorm.out());
        return new AttentionInput(
                norm, q, k, v, qNorm, kNorm, qRope, kRope, new WriteKv(kRope.out(), v.out(), GROUP, 0));
    }

    @Test
    void attentionInput() {
        AttentionInput plain = input(null, null);
        assertThat(plain.parts()).containsExactly(norm, q, k, v, plain.queryRope(), plain.keyRope(), plain.write());
        assertThat(plain.reads()).containsExactly(x, normWeight, q.matrix(), k.matrix(), v.matrix());
        assertThat(plain.writes()).containsExactly(plain.queryRope().out());
        assertThat(plain.internals())
                .containsExactly(
                        normed, q.out(), k.out(), v.out(), plain.keyRope().out());
        assertThat(plain.groups()).containsExactly(GROUP);
        assertThat(plain.weights()).hasSize(4);
        assertThat(plain.summary()).contains("AttentionInput", "w q:F32[16x32]", "g:F32/F32", "-> [TOKENSx16]");
    }

    @Test
    void attentionInputWithNormsOfHeads() {
        RmsNorm qNorm = headNorm("q norm", q.out());
        RmsNorm kNorm = headNorm("k norm", k.out());
        assertThat(input(qNorm, kNorm).parts()).hasSize(9).containsSequence(v, qNorm, kNorm);
        assertThat(input(qNorm, kNorm).internals()).contains(qNorm.out(), kNorm.out());
        assertThat(input(null, kNorm).parts()).hasSize(8);
        assertThat(input(qNorm, null).reads()).contains(qNorm.weight());
    }

    @Test
    void attentionInputWiredWrongly() {
        AttentionInput good = input(null, null);
        MatMul stray = product("stray", x, 16);
        Refusal.of(
                () -> new AttentionInput(
                        norm, stray, k, v, null, null, rope("r", stray.out()), good.keyRope(), good.write()),
                "[AttentionInput] the products must be of the norm",
                "stray");
        Refusal.of(
                () -> new AttentionInput(norm, q, k, v, null, null, rope("r", x), good.keyRope(), good.write()),
                "[AttentionInput] product, norm and rotation must follow each other");
        RmsNorm kNorm = headNorm("k norm", k.out());
        Refusal.of( // the rotation passes the norm by
                () -> new AttentionInput(norm, q, k, v, null, kNorm, good.queryRope(), good.keyRope(), good.write()),
                "must follow each other");
        WriteKv unturned = new WriteKv(k.out(), v.out(), GROUP, 0);
        Refusal.of(
                () -> new AttentionInput(norm, q, k, v, null, null, good.queryRope(), good.keyRope(), unturned),
                "the keys kept must be the rotated ones");
        WriteKv swapped = new WriteKv(good.keyRope().out(), k.out(), GROUP, 0);
        Refusal.of(
                () -> new AttentionInput(norm, q, k, v, null, null, good.queryRope(), good.keyRope(), swapped),
                "the keys kept must be the rotated ones");
    }

    @Test
    void normGateUpGlu() {
        MatMul gate = product("gate", normed, 64);
        MatMul up = product("up", normed, 64);
        Glu glu = new Glu(values.tokens("inner", 64), gate.out(), up.out(), Activation.SILU);
        NormGateUpGlu fused = new NormGateUpGlu(norm, gate, up, glu);
        assertThat(fused.parts()).containsExactly(norm, gate, up, glu);
        assertThat(fused.reads()).containsExactly(x, normWeight, gate.matrix(), up.matrix());
        assertThat(fused.writes()).containsExactly(glu.out());
        assertThat(fused.internals()).containsExactly(normed, gate.out(), up.out());
        Refusal.of(() -> new NormGateUpGlu(norm, up, gate, glu), "[NormGateUpGlu] the unit must take both products");
        Refusal.of(() -> new NormGateUpGlu(norm, gate, product("u", x, 64), glu), "both products must be of the norm");
        Glu one = new Glu(values.tokens("one", 64), gate.out(), gate.out(), Activation.SILU);
        Refusal.of(() -> new NormGateUpGlu(norm, gate, gate, one), "the unit must take both products");
    }

    @Test
    void matMulAdd() {
        MatMul product = product("product", x, 32);
        Value sum = values.tokens("sum", 32);
        MatMulAdd right = new MatMulAdd(product, new Binary(sum, Binary.Kind.ADD, x, product.out()));
        MatMulAdd left = new MatMulAdd(product, new Binary(sum, Binary.Kind.ADD, product.out(), x));
        assertThat(right.residual()).isEqualTo(x);
        assertThat(left.residual()).isEqualTo(x);
        assertThat(right.reads()).containsExactly(x, product.matrix());
        assertThat(right.writes()).containsExactly(sum);
        assertThat(right.internals()).containsExactly(product.out());
        Value p = product.out();
        String rule = "the sum must add the product to something else";
        Refusal.of(() -> new MatMulAdd(product, new Binary(sum, Binary.Kind.ADD, p, p)), rule);
        Refusal.of(() -> new MatMulAdd(product, new Binary(sum, Binary.Kind.MULTIPLY, x, p)), rule);
        Refusal.of(() -> new MatMulAdd(product, new Binary(sum, Binary.Kind.ADD, x, normed)), rule);
        Refusal.of(() -> new MatMulAdd(product, new Binary(sum, Binary.Kind.ADD, p, normWeight)), rule);
    }

    @Test
    void addRmsNorm() {
        Binary sum = new Binary(values.tokens("sum", 32), Binary.Kind.ADD, x, normed);
        RmsNorm of = new RmsNorm(values.tokens("n", 32), sum.out(), normWeight, 0);
        AddRmsNorm fused = new AddRmsNorm(sum, of);
        assertThat(fused.reads()).containsExactly(x, normed, normWeight);
        assertThat(fused.writes()).containsExactly(sum.out(), of.out());
        assertThat(fused.internals()).isEmpty();
        Refusal.of(() -> new AddRmsNorm(sum, norm), "[AddRmsNorm] the norm must be that of the sum");
        Binary product = new Binary(sum.out(), Binary.Kind.MULTIPLY, x, normed);
        Refusal.of(() -> new AddRmsNorm(product, of), "[AddRmsNorm] the norm must be that of the sum");
    }
}
