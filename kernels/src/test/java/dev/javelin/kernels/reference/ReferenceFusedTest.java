package dev.javelin.kernels.reference;

import static dev.javelin.api.Dim.Symbol.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.api.Activation;
import dev.javelin.api.AddRmsNorm;
import dev.javelin.api.Attention;
import dev.javelin.api.AttentionInput;
import dev.javelin.api.Binary;
import dev.javelin.api.Format;
import dev.javelin.api.FusedOp;
import dev.javelin.api.Glu;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.MatMul;
import dev.javelin.api.MatMulAdd;
import dev.javelin.api.NormGateUpGlu;
import dev.javelin.api.Op;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Rope;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.Shape;
import dev.javelin.api.StateSpec;
import dev.javelin.api.Step;
import dev.javelin.api.Value;
import dev.javelin.api.WriteKv;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole layer, with its operations one by one and with all four fused operations. */
final class ReferenceFusedTest {
    private static final int WIDTH = 32;
    private static final int HEAD = 8;
    private static final int KV_HEADS = 2;
    private static final int FFN = 64;
    private static final KvGroup GROUP = new KvGroup("kv", 1, KV_HEADS, HEAD, HEAD, 0, Format.F16, Format.F16);
    private static final StateSpec STATE = new StateSpec(4, List.of(new StateSpec.Blocks(GROUP, 4)));

    /** The operations of one layer as fused operations, and the value that leaves it. */
    private static final class Layer implements AutoCloseable {
        private final Rig rig;
        private final List<FusedOp> before = new ArrayList<>();
        private final List<FusedOp> after = new ArrayList<>();
        private final Attention attention;
        private final MatMul down;
        private final Value sum;
        private final Value normed;
        private int seed;

        Layer(int tokens) {
            rig = new Rig(new Limits(tokens, 1, 1, 16), STATE);
            Value x = rig.input("x", Shape.rows(TOKENS, WIDTH), Samples.gaussian(99, tokens * WIDTH));
            RmsNorm norm = norm("norm", x, WIDTH);
            MatMul query = product("query", norm.out(), WIDTH, Format.Q4_0);
            MatMul key = product("key", norm.out(), KV_HEADS * HEAD, Format.Q4_1);
            MatMul value = product("value", norm.out(), KV_HEADS * HEAD, Format.Q8_0);
            RmsNorm queryNorm = norm("queryNorm", query.out(), HEAD);
            RmsNorm keyNorm = norm("keyNorm", key.out(), HEAD);
            Rope queryRope = rope("queryRope", queryNorm.out());
            Rope keyRope = rope("keyRope", keyNorm.out());
            before.add(new AttentionInput(
                    norm,
                    query,
                    key,
                    value,
                    queryNorm,
                    keyNorm,
                    queryRope,
                    keyRope,
                    new WriteKv(keyRope.out(), value.out(), GROUP, 0)));
            Value mixed = rig.result("mixed", Shape.rows(TOKENS, WIDTH));
            attention = new Attention(mixed, queryRope.out(), GROUP, 0, 0.35f, 0);
            MatMul output = product("output", mixed, WIDTH, Format.F16);
            Binary residual = add("residual", output.out(), x);
            after.add(new MatMulAdd(output, residual));
            RmsNorm second = norm("second", residual.out(), WIDTH);
            MatMul gate = product("gate", second.out(), FFN, Format.Q5_0);
            MatMul up = product("up", second.out(), FFN, Format.Q5_1);
            Value unit = rig.result("unit", Shape.rows(TOKENS, FFN));
            after.add(new NormGateUpGlu(second, gate, up, new Glu(unit, gate.out(), up.out(), Activation.SILU)));
            down = product("down", unit, WIDTH, Format.BF16);
            Binary last = add("sum", residual.out(), down.out());
            RmsNorm lastNorm = norm("normed", last.out(), WIDTH);
            sum = last.out();
            normed = lastNorm.out();
            after.add(new AddRmsNorm(last, lastNorm));
        }

        private RmsNorm norm(String name, Value x, int width) {
            Value weight = rig.weight(name + ".weight", Shape.of(width), Samples.gaussian(seed++, width));
            return new RmsNorm(rig.result(name, x.shape()), x, weight, 1e-5f);
        }

        private MatMul product(String name, Value x, int width, Format format) {
            Shape shape = Shape.of(width, x.width());
            float[] numbers = Samples.gaussian(seed++, width * x.width());
            Value weight = rig.weight(Samples.tensor(name + ".weight", format, shape, numbers));
            return new MatMul(rig.result(name, Shape.rows(TOKENS, width)), x, weight);
        }

        private Rope rope(String name, Value x) {
            RopeSpec spec = RopeSpec.plain(RopeSpec.Order.HALVES, HEAD, 10_000);
            return new Rope(rig.result(name, x.shape()), x, HEAD, spec, null);
        }

        private Binary add(String name, Value a, Value b) {
            return new Binary(rig.result(name, a.shape()), Binary.Kind.ADD, a, b);
        }

        /** The bits of both results and of the block that was written. */
        List<int[]> run(boolean fused, int tokens) {
            before.forEach(op -> add(fused, op));
            rig.add(attention);
            after.subList(0, 2).forEach(op -> add(fused, op));
            rig.add(down);
            add(fused, after.getLast());
            Step step = rig.step();
            step.addSequence();
            step.setBlock(0, 0, 3);
            for (int token = 0; token < tokens; token++) {
                step.addToken(0, 5 + token, token);
            }
            Rig.Numbers numbers = rig.run(step, sum, normed);
            int[] block = new int[Math.toIntExact(GROUP.blockBytes(4) / Integer.BYTES)];
            rig.states().exportBlock(0, 3, MemorySegment.ofArray(block));
            return List.of(numbers.ints(sum), numbers.ints(normed), block);
        }

        private void add(boolean fused, FusedOp op) {
            List<Op> ops = fused ? List.of(op) : op.parts();
            ops.forEach(rig::add);
        }

        @Override
        public void close() {
            rig.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void fusedOperationsEqualTheirPartsBitForBit(int tokens) {
        try (Layer parts = new Layer(tokens);
                Layer fused = new Layer(tokens)) {
            List<int[]> expected = parts.run(false, tokens);
            List<int[]> actual = fused.run(true, tokens);

            for (int i = 0; i < expected.size(); i++) {
                assertThat(actual.get(i)).isEqualTo(expected.get(i)).isNotEqualTo(new int[expected.get(i).length]);
            }
        }
    }

    @Test
    void fusedOperationsAreNotSupportedAsSuch() {
        try (Layer layer = new Layer(1)) {
            assertThat(layer.before).noneMatch(layer.rig.device()::supports);
            assertThat(layer.after).noneMatch(layer.rig.device()::supports);
            assertThat(layer.before.getFirst().parts()).allMatch(layer.rig.device()::supports);
        }
    }
}
