package dev.javelin.kernels.cuda;

import dev.javelin.api.Activation;
import dev.javelin.api.Attention;
import dev.javelin.api.Binary;
import dev.javelin.api.Dim;
import dev.javelin.api.Format;
import dev.javelin.api.Glu;
import dev.javelin.api.KvGroup;
import dev.javelin.api.MatMul;
import dev.javelin.api.Op;
import dev.javelin.api.Output;
import dev.javelin.api.Program;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Rope;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.Rows;
import dev.javelin.api.Shape;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.api.WriteKv;
import java.util.ArrayList;
import java.util.List;

/** The layers of a model as the runtime writes them, one operation after the other. */
record Layer(int layers, int width, int heads, int kvHeads, int head, int hidden, boolean headNorms, Format weights) {

    static Layer llama8B(Format weights) {
        return new Layer(2, 4096, 32, 8, 128, 14336, false, weights);
    }

    static Layer qwen3(Format weights) {
        return new Layer(2, 1024, 16, 8, 128, 3072, true, weights);
    }

    private static final float EPS = 1e-5f;

    KvGroup group() {
        return new KvGroup("all", layers, kvHeads, head, head, 0, Format.F16, Format.F16);
    }

    Program program() {
        return new Writer(new ArrayList<>()).program();
    }

    /** Writes operations one after the other. For one thread. */
    private final class Writer {
        private final List<Op> ops;
        private int id;

        Writer(List<Op> ops) {
            this.ops = ops;
        }

        Program program() {
            Value x = new Value(id++, "x", Value.Kind.INPUT, Format.F32, Shape.rows(Dim.Symbol.TOKENS, width));
            for (int layer = 0; layer < layers; layer++) {
                x = feedForward(attention(x, layer));
            }
            Value wanted =
                    new Value(id, "wanted", Value.Kind.RESULT, Format.F32, Shape.rows(Dim.Symbol.OUTPUTS, width));
            ops.add(new Rows(wanted, x));
            return new Program("layers", ops, List.of(new Output(wanted, Want.HIDDEN)));
        }

        private Value attention(Value x, int layer) {
            Value normed = norm(x, width);
            Value q = product(normed, heads * head);
            Value k = product(normed, kvHeads * head);
            Value v = product(normed, kvHeads * head);
            if (headNorms) {
                q = norm(q, head);
                k = norm(k, head);
            }
            q = rope(q);
            k = rope(k);
            ops.add(new WriteKv(k, v, group(), layer));
            Value mixed = result(heads * head);
            ops.add(new Attention(mixed, q, group(), layer, 0.1f, 0));
            return sum(x, product(mixed, width));
        }

        private Value feedForward(Value x) {
            Value normed = norm(x, width);
            Value gate = product(normed, hidden);
            Value up = product(normed, hidden);
            Value gated = result(hidden);
            ops.add(new Glu(gated, gate, up, Activation.SILU));
            return sum(x, product(gated, width));
        }

        private Value norm(Value x, int size) {
            Value out = result(x.width());
            ops.add(new RmsNorm(out, x, weight(Format.F32, size), EPS));
            return out;
        }

        private Value product(Value x, int n) {
            Value out = result(n);
            ops.add(new MatMul(out, x, weight(weights, n, x.width())));
            return out;
        }

        private Value rope(Value x) {
            Value out = result(x.width());
            ops.add(new Rope(out, x, head, RopeSpec.plain(RopeSpec.Order.HALVES, head, 10000), null));
            return out;
        }

        private Value sum(Value a, Value b) {
            Value out = result(a.width());
            ops.add(new Binary(out, Binary.Kind.ADD, a, b));
            return out;
        }

        private Value result(int n) {
            return new Value(id, "r" + id++, Value.Kind.RESULT, Format.F32, Shape.rows(Dim.Symbol.TOKENS, n));
        }

        private Value weight(Format format, int... sizes) {
            return new Value(id, "w" + id++, Value.Kind.WEIGHT, format, Shape.of(sizes));
        }
    }
}
