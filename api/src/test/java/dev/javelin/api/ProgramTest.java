package dev.javelin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Value.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTest {
    private static final Shape ROWS = Shape.rows(Symbol.TOKENS, 4);
    private final Numbered values = new Numbered();

    private static Program of(Op... ops) {
        return new Program("p", List.of(ops), List.of());
    }

    private static Unary unary(Value out, Value x) {
        return new Unary(out, x, Activation.SILU);
    }

    @Test
    void isImmutable() {
        Value x = values.input("x", ROWS);
        List<Op> ops = new ArrayList<>(List.of(unary(values.tokens("y", 4), x)));
        Program program = new Program("p", ops, List.of());
        ops.clear();
        assertThat(program.ops()).hasSize(1);
        assertThatThrownBy(() -> program.ops().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void namesWhatIsToBeBound() {
        Program program = TwoLayers.likeQwen3();
        assertThat(program.weights())
                .containsKeys("embedding", "wv 1", "q norm 0 weight")
                .hasSize(1 + 2 * 11 + 1);
        assertThat(program.inputs()).isEmpty();
        assertThat(program.groups()).containsExactly(TwoLayers.GROUP);
        Value x = values.input("x", ROWS);
        assertThat(of(unary(values.tokens("y", 4), x)).inputs()).containsExactly(java.util.Map.entry("x", x));
    }

    @Test
    void needsAName() {
        Refusal.of(() -> new Program("", List.of(), List.of()), "needs a name");
    }

    @Test
    void readsResultsOnlyOnceWritten() {
        Value x = values.tokens("x", 4);
        Value y = values.tokens("y", 4);
        Refusal.of(() -> of(unary(y, x)), "written before it is read", "program=p", "value=x:F32", "Unary");
        Refusal.of(() -> of(unary(x, x)), "written before it is read");
    }

    @Test
    void writesResultsOnce() {
        Value x = values.input("x", ROWS);
        Value y = values.tokens("y", 4);
        Refusal.of(() -> of(unary(y, x), unary(y, x)), "written once", "value=y:F32");
    }

    @Test
    void keepsIdsApart() {
        Value x = new Value(1, "x", Kind.INPUT, Format.F32, ROWS);
        Value y = new Value(1, "y", Kind.RESULT, Format.F32, ROWS);
        Refusal.of(() -> of(unary(y, x)), "an id stands for one value", "y:F32", "x:F32");
    }

    @Test
    void keepsNamesOfWeightsAndInputsApart() {
        Value x = values.input("x", ROWS);
        Value weight = values.vector("x", 4);
        Value y = values.tokens("y", 4);
        Refusal.of(() -> of(new RmsNorm(y, x, weight, 0)), "a name stands for one weight or input", "x:F32");
        Value twin = values.input("x", ROWS);
        Refusal.of(() -> of(new Glu(y, x, twin, Activation.SILU)), "a name stands for one");
    }

    @Test
    void letsResultsShareNamesUnlessTheyAreOutputs() {
        Value x = values.input("x", ROWS);
        Value y = values.tokens("y", 4);
        Value twin = values.tokens("y", 4);
        List<Op> ops = List.of(unary(y, x), unary(twin, x));
        assertThat(new Program("p", ops, List.of(new Output(y, null))).outputs())
                .hasSize(1);
        List<Output> both = List.of(new Output(y, null), new Output(twin, null));
        Refusal.of(() -> new Program("p", ops, both), "outputs need different names", "y:F32");
    }

    @Test
    void bringsBackWhatItWritesUnderANameOfItsOwn() {
        Value x = values.input("x", ROWS);
        Value y = values.tokens("y", 4);
        Value named = values.tokens("x", 4);
        Refusal.of(
                () -> new Program("p", List.of(), List.of(new Output(y, null))), "an output must be written", "y:F32");
        Refusal.of(
                () -> new Program("p", List.of(unary(named, x)), List.of(new Output(named, null))),
                "must not have the name of an input",
                "x:F32");
    }

    @Test
    void keepsGroupsTheSame() {
        KvGroup group = new KvGroup("g", 1, 1, 4, 4, 0, Format.F32, Format.F32);
        KvGroup other = new KvGroup("g", 1, 1, 4, 4, 8, Format.F32, Format.F32);
        Value x = values.input("x", ROWS);
        Refusal.of(
                () -> of(new WriteKv(x, x, group, 0), new Attention(values.tokens("y", 4), x, other, 0, 1, 0)),
                "a state group must be the same",
                "name=g");
    }

    @Test
    void keepsInternalsOfFusedOperationsToTheirParts() {
        Value x = values.input("x", ROWS);
        Value product = values.tokens("product", 4);
        Value sum = values.tokens("sum", 4);
        Value other = values.tokens("other", 4);
        MatMulAdd fused = new MatMulAdd(
                new MatMul(product, x, values.weight("w", Format.F32, 4, 4)),
                new Binary(sum, Binary.Kind.ADD, x, product));
        assertThat(of(fused, unary(other, sum)).ops()).hasSize(2);
        Refusal.of(() -> of(fused, unary(other, product)), "read by its parts alone", "value=product:F32", "Unary");
        Refusal.of(
                () -> new Program("p", List.of(fused), List.of(new Output(product, null))),
                "cannot be an output",
                "product:F32");
    }

    @Test
    void checksThePartsOfFusedOperations() {
        Value x = values.tokens("x", 4);
        Value product = values.tokens("product", 4);
        Value sum = values.tokens("sum", 4);
        MatMulAdd fused = new MatMulAdd(
                new MatMul(product, x, values.weight("w", Format.F32, 4, 4)),
                new Binary(sum, Binary.Kind.ADD, x, product));
        Refusal.of(() -> of(fused), "written before it is read", "value=x:F32", "MatMul");
        AddRmsNorm twice = new AddRmsNorm(
                new Binary(sum, Binary.Kind.ADD, values.input("a", ROWS), values.input("b", ROWS)),
                new RmsNorm(sum, sum, values.vector("n", 4), 0));
        Refusal.of(() -> of(twice), "written once", "value=sum:F32");
    }

    @Test
    void mergesTheWeightsOfSeveralPrograms() {
        Program prefill = TwoLayers.likeLlama();
        Program decode = TwoLayers.likeLlama();
        assertThat(Program.weights(List.of(prefill, decode))).isEqualTo(prefill.weights());
        Value x = values.input("x", ROWS);
        Program other = of(new RmsNorm(values.tokens("y", 4), x, values.vector("output norm", 4), 0));
        Refusal.of(
                () -> Program.weights(List.of(prefill, other)),
                "the same in all programs",
                "program=p",
                "output norm:F32[4]",
                "output norm:F32[256]");
    }

    @Test
    void aBuilderHandsOutValues() {
        Program.Builder builder = Program.builder("built");
        Value weight = builder.weight("w", Format.Q8_0, Shape.of(2, 32));
        Value input = builder.input("x", Format.F32, Shape.rows(Symbol.TOKENS, 32));
        Value out = builder.result("y", Shape.rows(Symbol.TOKENS, 2));
        assertThat(builder.weight("w", Format.Q8_0, Shape.of(2, 32))).isSameAs(weight);
        assertThat(builder.result("y", Shape.rows(Symbol.TOKENS, 2))).isNotEqualTo(out);
        assertThat(builder.indices("i", Shape.of(1)).format()).isEqualTo(Format.I32);
        Program program =
                builder.add(new MatMul(out, input, weight)).output(out).build();
        assertThat(program.outputs()).containsExactly(new Output(out, null));
        Refusal.of(() -> builder.weight("w", Format.Q4_0, Shape.of(2, 32)), "program=built", "name=w", "Q4_0");
        Refusal.of(() -> builder.weight("w", Format.Q8_0, Shape.of(4, 32)), "[4x32]", "[2x32]");
        Refusal.of(() -> builder.input("w", Format.F32, Shape.of(1)), "kind=INPUT");
    }
}
