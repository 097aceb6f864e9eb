package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.PRECISION;
import static dev.javelin.conformance.Axes.SLACK;

import dev.javelin.api.AttentionInput;
import dev.javelin.api.Dim;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.MatMul;
import dev.javelin.api.Program;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Rope;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.Shape;
import dev.javelin.api.Value;
import dev.javelin.api.WriteKv;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All that comes before attention, with weights of three formats, against all of it one by one. */
final class AttentionInputCases implements CaseFamily {

    /** Which heads have a norm. */
    enum HeadNorms {
        NONE,
        QUERY,
        KEY,
        BOTH
    }

    private static final Axis<HeadNorms> HEAD_NORMS = Axis.of("headNorms", List.of(HeadNorms.values()));
    private static final Axis<Integer> KEY_SIZE = Axis.of("keySize", List.of(24, 64, 96));
    private static final Axis<Integer> KV_HEADS = Axis.of("kvHeads", List.of(1, 3));
    private static final Axis<Integer> GROUPED = Axis.of("grouped", List.of(1, 3));
    private static final Axis<Format> KEPT = Axis.drawn("kept", List.of(Format.F32, Format.F16, Format.Q8_0));
    private static final Axis<Scene> SCENE = Axis.of("scene", List.of(Scene.FIRST_TOKEN, Scene.FEW, Scene.CHUNK));
    private static final Axis<RopeSpec.Order> ORDER = Axis.drawn("order", List.of(RopeSpec.Order.values()));
    private static final Axis<RopeFamily> ROPE = Axis.drawn("rope", List.of(RopeFamily.values()));
    private static final Axis<Spread> SPREAD = Axis.drawn("spread", List.of(Spread.PLAIN, Spread.HUGE, Spread.TINY));
    private static final Axis<Float> EPS = Axis.drawn("eps", List.of(1e-5f, 0.1f));
    private static final Axis<Float> HEAD_EPS = Axis.drawn("headEps", List.of(1e-5f, 5f));
    private static final Axis<Double> BASE = Axis.drawn("base", List.of(1e4, 5e5));
    private static final Axis<Boolean> BIASES = Axis.drawn("biases", List.of(false, true));

    @Override
    public String operation() {
        return "AttentionInput";
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(
                List.of(FusedAs.AXIS, Mix.AXIS, HEAD_NORMS, KEY_SIZE, SCENE),
                Axes.drawn(
                        KV_HEADS,
                        GROUPED,
                        KEPT,
                        KvAxes.Layer.AXIS,
                        KvAxes.WINDOW,
                        ORDER,
                        ROPE,
                        BASE,
                        BIASES,
                        SPREAD,
                        EPS,
                        HEAD_EPS,
                        PRECISION,
                        SLACK,
                        Setting.AXIS));
    }

    @Override
    public boolean allowed(Choice choice) {
        return choice.of(KEY_SIZE) % choice.of(KEPT).blockLength() == 0;
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        Draw draw = new Draw(seed, name);
        List<Consumer<Contents>> fills = new ArrayList<>();
        Mix mix = choice.of(Mix.AXIS);
        int keySize = choice.of(KEY_SIZE);
        KvGroup group = new KvGroup(
                "layers",
                choice.of(KvAxes.Layer.AXIS).count,
                choice.of(KV_HEADS),
                keySize,
                64,
                choice.of(KvAxes.WINDOW),
                choice.of(KEPT),
                choice.of(KEPT));
        List<Turn> turns = List.of(Turn.of(choice.of(SCENE).parts(false, draw.random("trees")), List.of()));
        Map<Integer, Integer> kept = new java.util.HashMap<>();
        turns.getFirst().parts().forEach(part -> kept.put(part.sequence(), part.kvFrom()));
        int tokens = turns.getFirst().tokens();
        int slack = choice.of(SLACK);
        Limits limits = new Limits(tokens + slack, choice.of(SCENE).count() + slack, 1, KvAxes.context(turns) + slack);

        Maker maker = new Maker(Program.builder("attention input"), fills, draw, choice);
        int width = mix.width();
        Value x = maker.program.input("x", Format.F32, Shape.rows(Dim.Symbol.TOKENS, width));
        fills.add(contents ->
                draw.input(contents, x, choice.of(SPREAD), tokens, x.shape().most(limits)));
        int heads = choice.of(KV_HEADS) * choice.of(GROUPED);
        HeadNorms norms = choice.of(HEAD_NORMS);
        RmsNorm norm = maker.norm("norm", x, width, choice.of(EPS));
        MatMul query = maker.product("query", norm.out(), mix.one(), heads * keySize);
        MatMul key = maker.product("key", norm.out(), mix.two(), group.kvHeads() * keySize);
        MatMul value = maker.product("value", norm.out(), mix.three(), group.kvHeads() * group.valueSize());
        RmsNorm queryNorm = norms == HeadNorms.QUERY || norms == HeadNorms.BOTH
                ? maker.norm("queryNorm", query.out(), keySize, choice.of(HEAD_EPS))
                : null;
        RmsNorm keyNorm = norms == HeadNorms.KEY || norms == HeadNorms.BOTH
                ? maker.norm("keyNorm", key.out(), keySize, choice.of(HEAD_EPS))
                : null;
        Rope queryRope = maker.rope("queryTurned", queryNorm == null ? query.out() : queryNorm.out(), keySize);
        Rope keyRope = maker.rope("keyTurned", keyNorm == null ? key.out() : keyNorm.out(), keySize);
        WriteKv write = new WriteKv(keyRope.out(), value.out(), group, choice.of(KvAxes.Layer.AXIS).index);
        Program fused = maker.program
                .add(new AttentionInput(norm, query, key, value, queryNorm, keyNorm, queryRope, keyRope, write))
                .output(queryRope.out())
                .build();
        return Case.builder(operation(), name, seed, choice.of(FusedAs.AXIS).of(fused))
                .parts(Programs.unfusable(fused))
                .limits(limits)
                .precision(choice.of(PRECISION))
                .setting(choice.of(Setting.AXIS))
                .states(KvAxes.states(16, turns, kept, group))
                .turns(turns)
                .contents(() -> {
                    Contents contents = new Contents();
                    fills.forEach(fill -> fill.accept(contents));
                    KvAxes.keep(contents, draw, group, kept, Spread.PLAIN);
                    return contents;
                })
                .build();
    }

    /** Makes the parts together with their weights. */
    private record Maker(Program.Builder program, List<Consumer<Contents>> fills, Draw draw, Choice choice) {

        Value vector(String name, int size, double least, double most) {
            Value weight = program.weight(name, Format.F32, Shape.of(size));
            fills.add(contents -> draw.vector(contents, weight, least, most));
            return weight;
        }

        Value like(String name, int width) {
            return program.result(name, Shape.rows(Dim.Symbol.TOKENS, width));
        }

        RmsNorm norm(String name, Value x, int size, float eps) {
            return new RmsNorm(like(name, x.width()), x, vector(name + " weight", size, 0.5, 2), eps);
        }

        MatMul product(String name, Value x, Format format, int rows) {
            Value matrix = program.weight(name + " matrix", format, Shape.of(rows, x.width()));
            fills.add(contents -> draw.weight(contents, matrix));
            @Nullable Value bias = choice.of(BIASES) ? vector(name + " bias", rows, -9, 9) : null;
            @Nullable Value scale = choice.of(BIASES) ? vector(name + " scale", 1, 0.2, 0.6) : null;
            return new MatMul(like(name, rows), x, matrix, bias, scale);
        }

        Rope rope(String name, Value x, int headSize) {
            int dims = choice.of(BIASES) ? headSize : headSize / 2;
            double[] factors = choice.of(ROPE).factors(dims, choice.of(BASE));
            Value weight = null;
            if (factors != null) {
                Value same = program.weight("factors", Format.F32, Shape.of(dims / 2));
                float[] floats = new float[factors.length];
                java.util.Arrays.setAll(factors, i -> floats[i] = (float) factors[i]);
                fills.add(contents -> contents.weights.put("factors", Draw.bytes(floats)));
                weight = same;
            }
            return new Rope(
                    like(name, x.width()),
                    x,
                    headSize,
                    choice.of(ROPE).spec(choice.of(ORDER), dims, choice.of(BASE)),
                    weight);
        }
    }
}
