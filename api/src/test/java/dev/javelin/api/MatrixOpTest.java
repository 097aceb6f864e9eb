package dev.javelin.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Value.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What operations with a matrix refuse, read and write, and what choosing experts does. */
class MatrixOpTest {
    private final Numbered values = new Numbered();
    private final Value x = values.tokens("x", 256);
    private final Value out = values.tokens("out", 6);
    private final Value matrix = values.weight("matrix", Format.Q4_K, 6, 256);

    @ParameterizedTest
    @EnumSource(Format.class)
    void matMulTakesEveryFormatButStorage(Format format) {
        Value weight = values.weight("w", format, 6, 256);
        if (format.storageOnly()) {
            Refusal.of(() -> new MatMul(out, x, weight), "storage-only", "w:" + format);
            Refusal.of(() -> new Embed(values.tokens("e", 256), weight, 1), "storage-only");
        } else {
            assertThat(new MatMul(out, x, weight).weights()).containsExactly(weight);
        }
    }

    @Test
    void matMul() {
        Value bias = values.vector("bias", 6);
        Value scale = values.vector("scale", 1);
        MatMul full = new MatMul(out, x, matrix, bias, scale);
        assertThat(full.reads()).containsExactly(x, matrix, bias, scale);
        assertThat(full.summary()).isEqualTo("MatMul matrix:Q4_K[6x256] bias:F32[6] scale:F32[1] -> [TOKENSx6]");
        Refusal.of(() -> new MatMul(values.tokens("o", 5), x, matrix), "[MatMul] needs a weight of shape [5x256]");
        Refusal.of(() -> new MatMul(out, values.tokens("n", 255), matrix), "[6x255]", "matrix:Q4_K[6x256]");
        Refusal.of(() -> new MatMul(values.outputs("o", 6), x, matrix), "[MatMul] rows must be equal", "OUTPUTS");
        Refusal.of(() -> new MatMul(out, x, x), "[MatMul] needs a weight", "kind=RESULT");
        Refusal.of(() -> new MatMul(out, x, matrix, values.vector("b", 5), null), "F32 weight of 6", "b:F32[5]");
        Refusal.of(() -> new MatMul(out, x, matrix, null, bias), "F32 weight of 1", "bias:F32[6]");
        Refusal.of(() -> new MatMul(out, x, matrix, values.weight("b", Format.F16, 6), null), "b:F16[6]");
        Refusal.of(() -> new MatMul(out, x, matrix, values.weight("b", Format.F32, 1, 6), null), "b:F32[1x6]");
        Refusal.of(() -> new MatMul(values.tokens("o", 2, 3), x, matrix), "[MatMul] needs 2 dimensions", "o:F32");
        Refusal.of(() -> new MatMul(out, values.tokens("c", 2, 128), matrix), "[MatMul] needs 2 dimensions", "c:F32");
        Value ids = values.indices("ids", Shape.rows(Symbol.TOKENS, 256));
        Refusal.of(() -> new MatMul(out, ids, matrix), "[MatMul] takes F32 activations", "ids:I32");
        Refusal.of(() -> new MatMul(values.input("in", out.shape()), x, matrix), "[MatMul] writes a result");
    }

    @Test
    void embed() {
        Value rows = values.tokens("rows", 256);
        assertThat(new Embed(rows, matrix, 1).reads()).containsExactly(matrix);
        Refusal.of(() -> new Embed(values.outputs("o", 256), matrix, 1), "[Embed] writes one row a token", "OUTPUTS");
        Refusal.of(() -> new Embed(values.tokens("o", 128), matrix, 1), "[Embed] needs a weight", "[6x128]");
        Refusal.of(() -> new Embed(rows, x, 1), "[Embed]");
        Refusal.of(() -> new Embed(rows, values.vector("v", 256), 1), "[Embed] needs 2 dimensions", "v:F32");
        Refusal.of(() -> new Embed(rows, matrix, Float.NaN), "[Embed] scale must be finite", "scale=NaN");
    }

    @Test
    void route() {
        Value logits = values.tokens("logits", 8);
        Value experts = values.indices("experts", Shape.rows(Symbol.TOKENS, 2));
        Value shares = values.tokens("shares", 2);
        Value bias = values.vector("bias", 8);
        Route.Scoring scoring = Route.Scoring.SIGMOID;
        Route route = new Route(experts, shares, logits, scoring, bias, true, 2.5f);
        assertThat(route.k()).isEqualTo(2);
        assertThat(route.reads()).containsExactly(logits, bias);
        assertThat(route.writes()).containsExactly(experts, shares);
        Refusal.of(
                () -> new Route(experts, shares, values.tokens("one", 1), scoring, null, true, 1),
                "more experts than there are",
                "one:F32");
        Refusal.of(
                () -> new Route(experts, values.tokens("s", 3), logits, scoring, null, true, 1),
                "[Route] shapes must be equal");
        Refusal.of(
                () -> new Route(experts, shares, values.outputs("l", 8), scoring, null, true, 1),
                "[Route] rows must be equal",
                "l:F32");
        Refusal.of(
                () -> new Route(experts, shares, logits, scoring, values.vector("b", 2), true, 1), "F32 weight of 8");
        Refusal.of(() -> new Route(shares, shares, logits, scoring, null, true, 1), "[Route] writes I32");
        Refusal.of(() -> new Route(experts, experts, logits, scoring, null, true, 1), "[Route] writes F32");
        Refusal.of(
                () -> new Route(experts, shares, logits, scoring, null, true, Float.NaN),
                "[Route] scale must be finite");
    }

    @Test
    void expertMatMul() {
        Value experts = values.indices("experts", Shape.rows(Symbol.TOKENS, 2));
        Value stack = values.weight("stack", Format.Q4_K, 8, 6, 256);
        Value results = values.tokens("results", 2, 6);
        Value each = values.tokens("each", 2, 256);
        Value bias = values.weight("bias", Format.F32, 8, 6);
        assertThat(new ExpertMatMul(results, x, stack, experts, null).inputPerExpert())
                .isFalse();
        ExpertMatMul full = new ExpertMatMul(results, each, stack, experts, bias);
        assertThat(full.inputPerExpert()).isTrue();
        assertThat(full.reads()).containsExactly(each, stack, experts, bias);
        Refusal.of(
                () -> new ExpertMatMul(values.tokens("o", 3, 6), x, stack, experts, null),
                "one result for each chosen expert",
                "o:F32");
        Refusal.of(
                () -> new ExpertMatMul(values.tokens("o", 2, 5), x, stack, experts, null),
                "[ExpertMatMul] needs a weight of shape [8x5x256]",
                "stack:Q4_K");
        Refusal.of(
                () -> new ExpertMatMul(results, values.tokens("t", 3, 256), stack, experts, null),
                "one x for all experts of a row or for each",
                "t:F32");
        Refusal.of(() -> new ExpertMatMul(results, values.tokens("n", 128), stack, experts, null), "[8x6x128]");
        Refusal.of(() -> new ExpertMatMul(results, x, matrix, experts, null), "needs 3 dimensions", "matrix");
        Refusal.of(() -> new ExpertMatMul(out, x, stack, experts, null), "needs 3 dimensions", "out:F32");
        Refusal.of(
                () -> new ExpertMatMul(results, x, results, experts, null), "[ExpertMatMul] needs a weight", "results");
        Refusal.of(
                () -> new ExpertMatMul(results, x, stack, values.tokens("shares", 2), null),
                "experts are indices",
                "shares:F32");
        Refusal.of(
                () -> new ExpertMatMul(results, x, stack, experts, values.weight("b", Format.F32, 8, 5)),
                "[8x6]",
                "b:F32[8x5]");
        Refusal.of(
                () -> new ExpertMatMul(results, x, stack, experts, values.weight("b", Format.F16, 8, 6)),
                "the bias is F32",
                "b:F16");
        Value rows = values.value("r", Kind.RESULT, Format.I32, Shape.rows(Symbol.OUTPUTS, 2));
        Refusal.of(() -> new ExpertMatMul(results, x, stack, rows, null), "rows must be equal", "r:I32");
        Value storage = values.weight("i8", Format.I8, 8, 6, 256);
        Refusal.of(() -> new ExpertMatMul(results, x, storage, experts, null), "storage-only", "i8:I8");
    }

    @Test
    void expertSum() {
        Value results = values.tokens("results", 2, 6);
        Value shares = values.tokens("shares", 2);
        assertThat(new ExpertSum(out, results, shares).reads()).containsExactly(results, shares);
        Refusal.of(() -> new ExpertSum(out, results, values.tokens("s", 3)), "[ExpertSum] needs k results", "s:F32");
        Refusal.of(() -> new ExpertSum(values.tokens("o", 5), results, shares), "[ExpertSum] needs k results", "o:F32");
        Refusal.of(() -> new ExpertSum(out, x, shares), "[ExpertSum] needs 3 dimensions", "x:F32");
        Refusal.of(() -> new ExpertSum(out, results, values.outputs("s", 2)), "rows must be equal", "s:F32");
    }
}
