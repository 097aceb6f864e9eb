package dev.javelin.cpu;

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
import dev.javelin.api.KvGroup;
import dev.javelin.api.MatMul;
import dev.javelin.api.Program;
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
import dev.javelin.api.Want;
import dev.javelin.api.WriteKv;

/** A small model with a mixture of experts, in which every operation occurs and most formats do. */
final class AllOps {
    static final int WIDTH = 256;
    static final int VOCABULARY = 320;
    static final int EXPERTS = 4;
    static final int CHOSEN = 2;
    private static final int HEAD = 64;
    private static final int HEADS = 4;
    private static final int KV_HEADS = 2;
    private static final float EPS = 1e-5f;

    static final KvGroup GROUP = new KvGroup("all", 1, KV_HEADS, HEAD, HEAD, 24, Format.F16, Format.Q8_0);

    private final Program.Builder builder = Program.builder("all operations");
    private int names;

    private AllOps() {}

    static Program program() {
        return new AllOps().build();
    }

    private Program build() {
        Value table = builder.weight("table", Format.Q6_K, Shape.of(VOCABULARY, WIDTH));
        Value x = result(WIDTH);
        builder.add(new Embed(x, table, 2));
        Value attended = attention(norm(x));
        Value sum = result(WIDTH);
        builder.add(new MatMul(attended, mixed(attended), weight(Format.Q4_0, WIDTH, WIDTH)));
        return null;
    }

    private Value mixed(Value of) {
        return of;
    }
}
