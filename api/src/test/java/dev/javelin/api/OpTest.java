package dev.javelin.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Dim.Symbol;
import org.junit.jupiter.api.Test;

/** What operations without a matrix refuse, read and write. */
class OpTest {
    private final Numbered values = new Numbered();
    private final Value x = values.tokens("x", 12);
    private final Value y = values.tokens("y", 12);
    private final Value ids = values.indices("ids", Shape.rows(Symbol.TOKENS, 12));
    private final Value wide = values.tokens("wide", 24);
    private final Value in = values.input("in", Shape.rows(Symbol.TOKENS, 12));
    private final Value norm = values.vector("norm", 12);

    @Test
    void rmsNorm() {
        RmsNorm heads = new RmsNorm(y, x, values.vector("head", 4), 1e-5f);
        assertThat(heads.groupsPerRow()).isEqualTo(3);
        assertThat(heads.weights()).hasSize(1);
        assertThat(heads.summary()).isEqualTo("RmsNorm head:F32[4] -> [TOKENSx12]");
        Refusal.of(() -> new RmsNorm(in, x, norm, 0), "[RmsNorm] writes a result", "in:F32", "INPUT");
        Refusal.of(() -> new RmsNorm(ids, x, norm, 0), "[RmsNorm] writes F32", "ids:I32");
        Refusal.of(() -> new RmsNorm(y, ids, norm, 0), "[RmsNorm] takes F32 activations", "ids:I32");
        Refusal.of(() -> new RmsNorm(y, norm, norm, 0), "[RmsNorm] takes F32 activations", "WEIGHT");
        Refusal.of(() -> new RmsNorm(wide, x, norm, 0), "shapes must be equal", "wide", "x:");
        Refusal.of(() -> new RmsNorm(y, x, values.vector("odd", 5), 0), "must divide the row", "odd");
        Refusal.of(() -> new RmsNorm(y, x, x, 0), "[RmsNorm] needs an F32 weight");
        Refusal.of(() -> new RmsNorm(y, x, values.weight("f16", Format.F16, 12), 0), "F32 weight", "f16:F16");
        Refusal.of(() -> new RmsNorm(y, x, norm, -1), "eps=-1");
        Refusal.of(() -> new RmsNorm(y, x, norm, Float.NaN), "eps=NaN");
        Value cube = values.tokens("cube", 3, 4);
        Refusal.of(() -> new RmsNorm(cube, cube, norm, 0), "needs 2 dimensions", "cube");
    }

    @Test
    void rope() {
        RopeSpec spec = RopeSpec.plain(RopeSpec.Order.NEIGHBOURS, 4, 10_000);
        Rope rope = new Rope(y, x, 6, spec, values.vector("factors", 2));
        assertThat(rope.heads()).isEqualTo(2);
        assertThat(rope.reads()).hasSize(2);
        assertThat(new Rope(y, x, 6, spec, null).reads()).containsExactly(x);
        Refusal.of(() -> new Rope(y, x, 5, spec, null), "headSize=5");
        Refusal.of(() -> new Rope(y, x, 0, spec, null), "headSize=0");
        Refusal.of(() -> new Rope(y, x, 3, spec, null), "more than a head", "dims=4", "headSize=3");
        Refusal.of(() -> new Rope(y, x, 6, spec, values.vector("f", 3)), "[Rope] needs an F32 weight of 2", "f:F32");
        Refusal.of(() -> new Rope(wide, x, 6, spec, null), "shapes must be equal");
        Value rows = values.outputs("rows", 12);
        Refusal.of(() -> new Rope(values.outputs("o", 12), rows, 6, spec, null), "[Rope] turns tokens", "rows");
        RopeSpec.Order order = RopeSpec.Order.HALVES;
        Refusal.of(() -> RopeSpec.plain(order, 3, 10), "dims=3");
        Refusal.of(() -> RopeSpec.plain(order, 0, 10), "dims=0");
        Refusal.of(() -> RopeSpec.plain(order, 4, 1), "base=1.0");
        Refusal.of(() -> new RopeSpec(order, 4, 10, 0, 1, null), "scale=0.0");
        Refusal.of(() -> new RopeSpec(order, 4, 10, 1, Float.NaN, null), "magnitude=NaN");
        Refusal.of(() -> new RopeSpec.Yarn(1, 1, 32, 4096), "fast above slow", "betaFast=1.0");
        Refusal.of(() -> new RopeSpec.Yarn(1, 32, 0, 4096), "betaSlow=0.0");
        Refusal.of(() -> new RopeSpec.Yarn(Float.NaN, 32, 1, 4096), "extrapolation=NaN");
        Refusal.of(() -> new RopeSpec.Yarn(1, 32, 1, 0), "originalContext=0");
    }

    @Test
    void elementByElement() {
        assertThat(new Unary(y, x, Activation.SILU).reads()).containsExactly(x);
        assertThat(new Glu(y, x, x, Activation.SILU).reads()).containsExactly(x);
        assertThat(new Scale(y, x, 2).writes()).containsExactly(y);
        assertThat(new Binary(y, Binary.Kind.ADD, x, norm).broadcast()).isTrue();
        assertThat(new Binary(y, Binary.Kind.MULTIPLY, x, in).broadcast()).isFalse();
        Refusal.of(() -> new Unary(wide, x, Activation.SILU), "[Unary] shapes must be equal", "wide", "x:");
        Refusal.of(() -> new Glu(y, x, wide, Activation.SILU), "[Glu] shapes must be equal", "wide");
        Refusal.of(() -> new Glu(y, wide, x, Activation.SILU), "[Glu] shapes must be equal", "wide");
        Refusal.of(() -> new Glu(y, x, norm, Activation.SILU), "[Glu] takes F32 activations", "norm");
        Refusal.of(() -> new Scale(y, x, Float.POSITIVE_INFINITY), "[Scale] factor must be finite", "Infinity");
        Refusal.of(() -> new SoftCap(y, x, 0), "cap=0.0");
        Refusal.of(() -> new SoftCap(y, x, Float.NaN), "cap=NaN");
        Refusal.of(() -> new SoftCap(wide, x, 1), "[SoftCap] shapes must be equal");
        Refusal.of(() -> new Binary(y, Binary.Kind.ADD, x, wide), "[Binary] shapes must be equal", "wide");
        Refusal.of(() -> new Binary(y, Binary.Kind.ADD, x, values.vector("b", 6)), "F32 weight of 12", "b:F32");
        Refusal.of(() -> new Binary(y, Binary.Kind.ADD, norm, x), "[Binary] takes F32 activations", "norm");
        Refusal.of(() -> new Binary(y, Binary.Kind.ADD, x, ids), "[Binary] takes F32 activations", "ids:I32");
    }

    @Test
    void rows() {
        Value out = values.outputs("out", 12);
        assertThat(new Rows(out, x).reads()).containsExactly(x);
        Refusal.of(() -> new Rows(y, x), "[Rows] takes rows of tokens", "y:F32");
        Refusal.of(() -> new Rows(out, out), "[Rows]");
        Refusal.of(() -> new Rows(values.outputs("o", 6), x), "o:F32");
        Value fixed = values.input("fixed", Shape.of(3, 12));
        Refusal.of(() -> new Rows(out, fixed), "fixed");
    }

    @Test
    void choices() {
        Value best = values.indices("best", Shape.rows(Symbol.TOKENS));
        assertThat(new ArgMax(best, x).writes()).containsExactly(best);
        Refusal.of(() -> new ArgMax(values.indices("b", Shape.rows(Symbol.OUTPUTS)), x), "one index a row", "b:I32");
        Refusal.of(() -> new ArgMax(ids, x), "needs 1 dimensions", "ids");
        Refusal.of(() -> new ArgMax(values.tokens("f"), x), "[ArgMax] writes I32", "f:F32");
        Refusal.of(() -> new ArgMax(best, ids), "[ArgMax] takes F32 activations");
        Value three = values.indices("three", Shape.rows(Symbol.TOKENS, 3));
        Value largest = values.tokens("largest", 3);
        assertThat(new TopK(three, largest, x).k()).isEqualTo(3);
        Refusal.of(() -> new TopK(three, values.tokens("l", 4), x), "[TopK] shapes must be equal");
        Refusal.of(() -> new TopK(three, largest, values.tokens("n", 2)), "k must not exceed", "three", "n:F32");
        Refusal.of(() -> new TopK(three, largest, values.outputs("o", 12)), "[TopK] rows must be equal", "o:F32");
        Refusal.of(() -> new TopK(largest, largest, x), "[TopK] writes I32");
        Refusal.of(() -> new TopK(three, three, x), "[TopK] writes F32");
    }

    @Test
    void state() {
        KvGroup group = new KvGroup("g", 2, 3, 4, 8, 0, Format.F16, Format.F32);
        Value values24 = values.tokens("v", 24);
        WriteKv write = new WriteKv(x, values24, group, 1);
        assertThat(write.writes()).isEmpty();
        assertThat(write.groups()).containsExactly(group);
        assertThat(write.summary()).isEqualTo("WriteKv g:F16/F32");
        Refusal.of(() -> new WriteKv(x, values24, group, 2), "[WriteKv] layer must lie within", "layer=2");
        Refusal.of(() -> new WriteKv(x, values24, group, -1), "layer=-1");
        Refusal.of(() -> new WriteKv(wide, values24, group, 0), "keys must be kvHeads x keySize", "wide");
        Refusal.of(() -> new WriteKv(x, x, group, 0), "values must be kvHeads x valueSize", "v=x:");
        Refusal.of(() -> new WriteKv(norm, values24, group, 0), "[WriteKv] takes F32 activations", "norm");
        Value out = values.tokens("out", 48);
        Attention attention = new Attention(out, wide, group, 0, 0.5f, 30);
        assertThat(attention.heads()).isEqualTo(6);
        assertThat(attention.groups()).containsExactly(group);
        Refusal.of(() -> new Attention(out, wide, group, 2, 1, 0), "[Attention] layer must lie within");
        Refusal.of(() -> new Attention(out, values.tokens("q", 16), group, 0, 1, 0), "multiple of kvHeads", "q:F32");
        Refusal.of(() -> new Attention(wide, wide, group, 0, 1, 0), "heads x valueSize", "heads=6");
        Refusal.of(() -> new Attention(values.outputs("o", 48), wide, group, 0, 1, 0), "heads x valueSize");
        Refusal.of(() -> new Attention(out, values.outputs("q", 24), group, 0, 1, 0), "[Attention] queries", "q:F32");
        Refusal.of(() -> new Attention(out, wide, group, 0, Float.NaN, 0), "scale=NaN");
        Refusal.of(() -> new Attention(out, wide, group, 0, 1, -1), "softCap=-1");
    }

    @Test
    void theWidthOfAnAttentionResultDoesNotWrapRound() {
        KvGroup group = new KvGroup("g", 1, 1, 1, 64, 0, Format.F32, Format.F32);
        Value queries = values.tokens("q", (1 << 26) + 1); // times 64 is 2^32 + 64
        Refusal.of(() -> new Attention(values.tokens("out", 64), queries, group, 0, 1, 0), "heads x valueSize");
    }
}
