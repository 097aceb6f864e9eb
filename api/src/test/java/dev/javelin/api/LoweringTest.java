package dev.javelin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.api.Dim.Symbol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class LoweringTest {
    private static final List<Fusion> ALL = List.of(Fusion.values());
    private static final Shape ROWS = Shape.rows(Symbol.TOKENS, 32);

    private final Numbered values = new Numbered();
    private final Value x = values.input("x", ROWS);
    private final Value weight = values.vector("weight", 32);
    private final RmsNorm norm = new RmsNorm(values.tokens("normed", 32), x, weight, 0);
    private final MatMul gate = product("gate", norm.out());
    private final MatMul up = product("up", norm.out());
    private final Glu glu = new Glu(values.tokens("inner", 32), gate.out(), up.out(), Activation.SILU);

    private MatMul product(String name, Value of) {
        return new MatMul(values.tokens(name, 32), of, values.weight("w " + name, Format.F32, 32, 32));
    }

    private static boolean any(Op op) {
        return true;
    }

    private static boolean plain(Op op) {
        return !(op instanceof FusedOp);
    }

    private static Program lower(Program program, List<Fusion> fusions, Predicate<Op> supported) {
        return Lowering.lower(program, fusions, supported, "toy:0");
    }

    private static List<String> kinds(Program program) {
        return program.ops().stream().map(op -> op.getClass().getSimpleName()).toList();
    }

    private static Program program(Op... ops) {
        return new Program("p", List.of(ops), List.of());
    }

    private static List<String> inTwoLayers(String... layer) {
        List<String> kinds = new ArrayList<>(List.of("Embed"));
        kinds.addAll(Arrays.asList(layer));
        kinds.addAll(Arrays.asList(layer));
        kinds.addAll(List.of("Rows", "RmsNorm", "MatMul", "ArgMax"));
        return kinds;
    }

    @Test
    void aLayerTakesFiveOperationsWhereEverythingIsFused() {
        for (Program decoder : List.of(TwoLayers.likeLlama(), TwoLayers.likeQwen3())) {
            Program lowered = lower(decoder, ALL, LoweringTest::any);
            assertThat(kinds(lowered))
                    .isEqualTo(inTwoLayers("AttentionInput", "Attention", "MatMulAdd", "NormGateUpGlu", "MatMulAdd"));
            assertThat(lowered.name()).isEqualTo(decoder.name());
            assertThat(lowered.outputs()).isEqualTo(decoder.outputs());
            assertThat(lowered.weights()).isEqualTo(decoder.weights());
            assertThat(lowered.groups()).isEqualTo(decoder.groups());
        }
    }

    @Test
    void normsOfHeadsAreTakenInWhereThereAreSome() {
        AttentionInput llama = (AttentionInput)
                lower(TwoLayers.likeLlama(), ALL, LoweringTest::any).ops().get(1);
        AttentionInput qwen = (AttentionInput)
                lower(TwoLayers.likeQwen3(), ALL, LoweringTest::any).ops().get(1);
        assertThat(llama.queryNorm()).isNull();
        assertThat(llama.keyNorm()).isNull();
        assertThat(qwen.queryNorm()).isNotNull();
        assertThat(qwen.keyNorm()).isNotNull();
        assertThat(qwen.value().matrix().format()).isEqualTo(Format.Q6_K); // members may differ
        assertThat(qwen.query().matrix().format()).isEqualTo(Format.Q4_K);
    }

    @Test
    void nothingIsFusedThatIsNotWished() {
        Program decoder = TwoLayers.likeQwen3();
        assertThat(lower(decoder, List.of(), LoweringTest::any)).isEqualTo(decoder);
        assertThat(kinds(lower(decoder, List.of(Fusion.NORM_GATE_UP_GLU), LoweringTest::any)))
                .contains("NormGateUpGlu", "Rope");
    }

    @Test
    void nothingIsFusedThatIsNotSupported() {
        Program decoder = TwoLayers.likeQwen3();
        assertThat(lower(decoder, ALL, LoweringTest::plain)).isEqualTo(decoder);
        Predicate<Op> noSixBits =
                op -> !(op instanceof AttentionInput) || !op.summary().contains("Q6_K");
        assertThat(kinds(lower(decoder, ALL, noSixBits))).contains("WriteKv").contains("NormGateUpGlu");
    }

    @Test
    void theFirstFusionWins() {
        List<Fusion> sumsFirst = List.of(Fusion.ADD_RMS_NORM, Fusion.MAT_MUL_ADD, Fusion.NORM_GATE_UP_GLU);
        List<String> kinds = kinds(lower(TwoLayers.likeLlama(), sumsFirst, LoweringTest::any));
        // all sums but the last are followed by a norm; that one by Rows
        assertThat(kinds.stream().filter("AddRmsNorm"::equals)).hasSize(3);
        assertThat(kinds.stream().filter("MatMulAdd"::equals)).hasSize(1);
        assertThat(kinds).doesNotContain("NormGateUpGlu");
    }

    @Test
    void fusedOperationsBecomeTheirPartsAgain() {
        for (Program decoder : List.of(TwoLayers.likeLlama(), TwoLayers.likeQwen3())) {
            Program fused = lower(decoder, ALL, LoweringTest::any);
            assertThat(lower(fused, List.of(), LoweringTest::plain)).isEqualTo(decoder);
            assertThat(lower(fused, ALL, LoweringTest::any)).isEqualTo(fused);
        }
    }

    @Test
    void partsAreFusedInAnotherWay() {
        Binary sum = new Binary(values.tokens("sum", 32), Binary.Kind.ADD, x, x);
        RmsNorm of = new RmsNorm(norm.out(), sum.out(), weight, 0);
        Program fused = program(sum, new NormGateUpGlu(of, gate, up, glu));
        Program lowered = lower(fused, ALL, op -> !(op instanceof NormGateUpGlu));
        assertThat(lowered.ops()).containsExactly(new AddRmsNorm(sum, of), gate, up, glu);
    }

    @Test
    void whatOthersReadIsNotInternal() {
        Unary reader = new Unary(values.tokens("read", 32), norm.out(), Activation.SILU);
        Program alone = program(norm, gate, up, glu);
        assertThat(kinds(lower(alone, ALL, LoweringTest::any))).containsExactly("NormGateUpGlu");
        assertThat(kinds(lower(program(norm, gate, up, glu, reader), ALL, LoweringTest::any)))
                .containsExactly("RmsNorm", "MatMul", "MatMul", "Glu", "Unary");
        assertThat(kinds(lower(program(norm, gate, up, glu, product("late", gate.out())), ALL, LoweringTest::any)))
                .startsWith("RmsNorm");
    }

    @Test
    void whatAFusedOperationReadsIsNotInternalToAnother() {
        MatMul late = product("late", gate.out());
        MatMulAdd reader =
                new MatMulAdd(late, new Binary(values.tokens("late sum", 32), Binary.Kind.ADD, late.out(), x));
        assertThat(kinds(lower(program(norm, gate, up, glu, reader), ALL, LoweringTest::any)))
                .containsExactly("RmsNorm", "MatMul", "MatMul", "Glu", "MatMulAdd");
    }

    @Test
    void whatIsBroughtBackIsNotInternal() {
        List<Op> ops = List.of(norm, gate, up, glu);
        for (Value value : List.of(norm.out(), gate.out(), up.out())) {
            Program brought = new Program("p", ops, List.of(new Output(value, null)));
            assertThat(lower(brought, ALL, LoweringTest::any)).isEqualTo(brought);
        }
        Program inner = new Program("p", ops, List.of(new Output(glu.out(), null)));
        assertThat(kinds(lower(inner, ALL, LoweringTest::any))).containsExactly("NormGateUpGlu");
    }

    @Test
    void neighboursThatAreWiredOtherwiseAreLeftAlone() {
        MatMul stray = product("stray", x);
        Glu other = new Glu(values.tokens("other", 32), gate.out(), stray.out(), Activation.SILU);
        assertThat(lower(program(norm, gate, stray, other), ALL, LoweringTest::any)
                        .ops())
                .containsExactly(norm, gate, stray, other);
        Binary twice = new Binary(values.tokens("twice", 32), Binary.Kind.ADD, stray.out(), stray.out());
        assertThat(lower(program(stray, twice), ALL, LoweringTest::any).ops()).containsExactly(stray, twice);
        MatMul third = product("third", norm.out());
        assertThat(lower(program(norm, gate, up, third), ALL, LoweringTest::any).ops())
                .hasSize(4);
        assertThat(lower(program(norm, gate, up), ALL, LoweringTest::any).ops())
                .containsExactly(norm, gate, up); // cut short
        assertThat(lower(program(norm, up, gate, glu), ALL, LoweringTest::any).ops())
                .hasSize(4); // the gate is the first product
    }

    @Test
    void aNormOfKeysAloneIsTakenIn() {
        KvGroup group = new KvGroup("g", 1, 1, 32, 32, 0, Format.F32, Format.F32);
        RopeSpec spec = RopeSpec.plain(RopeSpec.Order.HALVES, 32, 10_000);
        MatMul q = product("q", norm.out());
        MatMul k = product("k", norm.out());
        MatMul v = product("v", norm.out());
        RmsNorm kNorm = new RmsNorm(values.tokens("k norm", 32), k.out(), weight, 0);
        Rope qRope = new Rope(values.tokens("turned q", 32), q.out(), 32, spec, null);
        Rope kRope = new Rope(values.tokens("turned k", 32), kNorm.out(), 32, spec, null);
        WriteKv write = new WriteKv(kRope.out(), v.out(), group, 0);
        assertThat(lower(program(norm, q, k, v, kNorm, qRope, kRope, write), ALL, LoweringTest::any)
                        .ops())
                .containsExactly(new AttentionInput(norm, q, k, v, null, kNorm, qRope, kRope, write));
    }

    @Test
    void whatIsMissingIsNamed() {
        Set<Class<?>> missing = Set.of(Attention.class);
        Predicate<Op> noAttention = op -> !missing.contains(op.getClass());
        assertThatThrownBy(() -> lower(TwoLayers.likeLlama(), ALL, noAttention))
                .isInstanceOf(UnsupportedOpException.class)
                .hasMessageContaining("op=Attention all:F16/F16 -> [TOKENSx256]")
                .hasMessageContaining("device=toy:0")
                .hasMessageContaining("choose another device");
        // also where it is a part of something that is not supported as a whole
        Predicate<Op> noSixBits = op -> op.weights().stream().noneMatch(w -> w.format() == Format.Q6_K);
        assertThatThrownBy(() -> lower(lower(TwoLayers.likeLlama(), ALL, LoweringTest::any), ALL, noSixBits))
                .isInstanceOf(UnsupportedOpException.class)
                .hasMessageContaining("Q6_K");
    }
}
