package dev.javelin.conformance;

import dev.javelin.api.AddRmsNorm;
import dev.javelin.api.ArgMax;
import dev.javelin.api.Attention;
import dev.javelin.api.AttentionInput;
import dev.javelin.api.Binary;
import dev.javelin.api.Embed;
import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.ExpertSum;
import dev.javelin.api.Format;
import dev.javelin.api.FusedOp;
import dev.javelin.api.Glu;
import dev.javelin.api.KvGroup;
import dev.javelin.api.MatMul;
import dev.javelin.api.MatMulAdd;
import dev.javelin.api.NormGateUpGlu;
import dev.javelin.api.Op;
import dev.javelin.api.Output;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Rope;
import dev.javelin.api.Route;
import dev.javelin.api.Rows;
import dev.javelin.api.Scale;
import dev.javelin.api.SoftCap;
import dev.javelin.api.StateGroup;
import dev.javelin.api.StepColumn.Source;
import dev.javelin.api.TopK;
import dev.javelin.api.Unary;
import dev.javelin.api.Value;
import dev.javelin.api.WriteKv;
import dev.javelin.kernels.format.Codecs;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a case in double, dense and naive: no blocks, no step, no fusion, nothing shared with any backend but the codecs. Says
 * what each output should be and, for the types to which a device rounds activations, how far off it may be. For one thread.
 */
final class Formulas {

    private final Case tried;
    private final Contents contents;
    private final Function<Op, Format> types;
    private final Map<String, Matrix> matrices = new HashMap<>();
    private final Map<String, DenseKv> kept = new LinkedHashMap<>();
    private final Map<Integer, Integer> lengths = new HashMap<>();
    private final Map<Integer, Estimate> values = new HashMap<>();
    private int[] chosen = new int[0];
    private Turn turn = new Turn(List.of(), List.of(), List.of());

    private Formulas(Case tried, Contents contents, Function<Op, Format> types) {
        this.tried = tried;
        this.contents = contents;
        this.types = types;
    }

    /** @param types to what the device rounds the activations that an operation reads */
    static Expected of(Case tried, Contents contents, Function<Op, Format> types) {
        return new Formulas(tried, contents, types).run();
    }

    private Expected run() {
        Expected expected = new Expected();
        contents.kept.forEach(this::begin);
        for (Turn next : tried.turns()) {
            turn = next;
            turn.forks().forEach(this::fork);
            values.clear();
            tried.program().ops().forEach(op -> run(op, null));
            Map<String, Estimate> outputs = new LinkedHashMap<>();
            for (Output output : tried.program().outputs()) {
                outputs.put(output.value().name(), of(output.value()));
            }
            expected.turns.add(outputs);
            turn.parts()
                    .forEach(part -> lengths.put(
                            part.sequence(), part.kvFrom() + part.tokens().size()));
            remember();
        }
        Programs.flat(tried.program()).forEach(op -> {
            if (op instanceof WriteKv write) {
                lengths.keySet().forEach(sequence -> {
                    DenseKv all = dense(write.group(), write.layer(), sequence);
                    for (boolean keys : new boolean[] {true, false}) {
                        expected.kept.put(DenseKv.name(write.group(), write.layer(), sequence, keys), all.all(keys));
                    }
                });
            }
        });
        return expected;
    }

    private void begin(Contents.Kept all) {
        lengths.put(all.sequence, all.tokens);
        int keyWidth = all.group.kvHeads() * all.group.keySize();
        int valueWidth = all.group.kvHeads() * all.group.valueSize();
        for (int layer = 0; layer < all.group.layers(); layer++) {
            DenseKv dense = dense(all.group, layer, all.sequence);
            for (int token = 0; token < all.tokens; token++) {
                int index = layer * all.tokens + token;
                dense.keepExact(
                        decode(all.group.keyFormat(), all.keys, index, keyWidth),
                        decode(all.group.valueFormat(), all.values, index, valueWidth));
            }
        }
    }

    private static Estimate decode(Format format, byte[] bytes, int row, int width) {
        float[] decoded = new float[width];
        Codecs.of(format).decode(MemorySegment.ofArray(bytes), row * format.bytes(width), decoded, 0, width);
        return Estimate.exact(decoded);
    }

    private void fork(Turn.Fork fork) {
        lengths.put(fork.to(), fork.length());
        for (StateGroup state : tried.program().groups()) {
            KvGroup group = KvAxes.kv(state);
            for (int layer = 0; layer < group.layers(); layer++) {
                String to = DenseKv.name(group, layer, fork.to(), true);
                kept.put(to, dense(group, layer, fork.from()).fork(fork.length()));
            }
        }
    }

    private DenseKv dense(KvGroup group, int layer, int sequence) {
        return kept.computeIfAbsent(DenseKv.name(group, layer, sequence, true), fresh -> new DenseKv(group));
    }

    /** The ids chosen in this turn may be tokens of the next. */
    private void remember() {
        for (Output output : tried.program().outputs()) {
            if (output.want() == dev.javelin.api.Want.ID) {
                Estimate ids = of(output.value());
                chosen = new int[ids.size()];
                for (int i = 0; i < chosen.length; i++) {
                    chosen[i] = (int) ids.value[i];
                }
            }
        }
    }

    private Estimate of(Value value) {
        return switch (value.kind()) {
            case WEIGHT ->
                Estimate.exact(Matrix.decode(
                        value.format(),
                        Objects.requireNonNull(contents.weights.get(value.name())),
                        Math.toIntExact(value.shape().elements())));
            case INPUT -> input(value);
            case RESULT -> Objects.requireNonNull(values.get(value.id()), value.name());
        };
    }

    private @Nullable Estimate optional(@Nullable Value value) {
        return value == null ? null : of(value);
    }

    private Estimate input(Value value) {
        int size = turn.count(value.rows()) * value.width();
        float[] floats = contents.floats.get(value.name());
        return floats != null
                ? Estimate.exact(java.util.Arrays.copyOf(floats, size))
                : Estimate.exact(
                        java.util.Arrays.copyOf(Objects.requireNonNull(contents.ints.get(value.name())), size));
    }

    private Matrix matrix(Value weight) {
        return matrices.computeIfAbsent(
                weight.name(), name -> new Matrix(weight, Objects.requireNonNull(contents.weights.get(name))));
    }

    private void put(Value value, Estimate result) {
        values.put(value.id(), result);
    }

    /** The coarser of what the device declares for the operation and for the fused one it is part of. */
    private Format type(Op op, @Nullable FusedOp whole) {
        Format own = types.apply(op);
        Format fused = whole == null ? own : types.apply(whole);
        return own == Format.F32 || bits(fused) < bits(own) ? fused : own;
    }

    private static double bits(Format format) {
        return format == Format.BF16 ? 9 : format.bitsPerElement(); // of BF16's bits, 8 are the exponent
    }

    private void run(Op op, @Nullable FusedOp whole) {
        switch (op) {
            case Embed embed -> put(embed.out(), embed(embed));
            case MatMul o -> {
                Format type = type(o, whole);
                put(
                        o.out(),
                        ProductFormulas.matMul(
                                of(o.x()),
                                matrix(o.matrix()),
                                o.out().width(),
                                optional(o.bias()),
                                optional(o.scale()),
                                type));
            }
            case RmsNorm o ->
                put(o.out(), ElementFormulas.rmsNorm(rounded(o, o.x(), whole), of(o.weight()).value, o.eps()));
            case Rope o -> put(o.out(), rope(o, rounded(o, o.x(), whole)));
            case WriteKv o -> write(o);
            case Attention o -> put(o.out(), attention(o, type(o, whole)));
            case Glu o ->
                put(
                        o.out(),
                        ElementFormulas.glu(o.activation(), rounded(o, o.gate(), whole), rounded(o, o.up(), whole)));
            case Unary o -> put(o.out(), ElementFormulas.unary(o.activation(), rounded(o, o.x(), whole)));
            case Scale o -> put(o.out(), ElementFormulas.scale(rounded(o, o.x(), whole), o.factor()));
            case SoftCap o -> put(o.out(), ElementFormulas.softCap(rounded(o, o.x(), whole), o.cap()));
            case Binary o ->
                put(
                        o.out(),
                        ElementFormulas.binary(
                                o.kind(),
                                rounded(o, o.a(), whole),
                                o.broadcast() ? of(o.b()) : rounded(o, o.b(), whole)));
            case Rows o -> put(o.out(), rows(o));
            case ArgMax o ->
                put(o.out(), ChoiceFormulas.argMax(certain(o.x()), turn.count(o.x().rows()), wanted(o.x())));
            case TopK o -> {
                List<Estimate> both =
                        ChoiceFormulas.topK(certain(o.x()), turn.count(o.x().rows()), o.k(), wanted(o.x()));
                put(o.ids(), both.get(0));
                put(o.values(), both.get(1));
            }
            case Route o -> {
                List<Estimate> both = ChoiceFormulas.route(o, certain(o.logits()), optional(o.bias()));
                put(o.experts(), both.get(0));
                put(o.shares(), both.get(1));
            }
            case ExpertMatMul o ->
                put(
                        o.out(),
                        ProductFormulas.expertMatMul(
                                of(o.x()),
                                matrix(o.matrices()),
                                o.out().shape().size(2),
                                of(o.experts()),
                                o.experts().width(),
                                o.inputPerExpert(),
                                optional(o.bias()),
                                type(o, whole)));
            case ExpertSum o ->
                put(
                        o.out(),
                        ProductFormulas.expertSum(
                                rounded(o, o.x(), whole),
                                of(o.shares()),
                                o.shares().width()));
            case AddRmsNorm fused -> fused.parts().forEach(part -> run(part, fused));
            case AttentionInput fused -> fused.parts().forEach(part -> run(part, fused));
            case MatMulAdd fused -> fused.parts().forEach(part -> run(part, fused));
            case NormGateUpGlu fused -> fused.parts().forEach(part -> run(part, fused));
        }
    }

    private Estimate rounded(Op op, Value value, @Nullable FusedOp whole) {
        Estimate x = of(value);
        return new Estimate(x.value, Rounding.noise(x, value.width(), type(op, whole)));
    }

    /** Where something is chosen, a case must not depend on rounding. */
    private Estimate certain(Value value) {
        Estimate x = of(value);
        for (double noise : x.noise) {
            if (noise != 0) {
                throw new IllegalStateException("a case must choose among exact numbers: value=" + value);
            }
        }
        return x;
    }

    private List<Turn.Wanted> wanted(Value x) {
        return x.rows() == dev.javelin.api.Dim.Symbol.OUTPUTS ? turn.wanted() : List.of();
    }

    private Estimate embed(Embed embed) {
        Matrix table = matrix(embed.table());
        int width = embed.out().width();
        Estimate out = new Estimate(turn.tokens() * width);
        int token = 0;
        for (Turn.Part part : turn.parts()) {
            for (Turn.NewToken added : part.tokens()) {
                for (int i = 0; i < width; i++) {
                    double value = switch (added.source()) {
                        case ID -> table.at(added.what(), i) * (double) embed.scale();
                        case FEEDBACK -> table.at(chosen[added.what()], i) * (double) embed.scale();
                        case EMBEDDING -> contents.embeddings.get(added.what())[i];
                    };
                    if (added.source() == Source.EMBEDDING) {
                        out.value[token * width + i] = value; // copied as it is
                    } else {
                        out.set(token * width + i, value, 0);
                    }
                }
                token++;
            }
        }
        return out;
    }

    private Estimate rope(Rope rope, Estimate x) {
        int[] positions = turn.parts().stream()
                .flatMap(part -> part.tokens().stream())
                .mapToInt(Turn.NewToken::position)
                .toArray();
        Value factors = rope.factors();
        return new RopeFormula(rope.spec(), factors == null ? null : of(factors).value)
                .turn(x, rope.headSize(), rope.heads(), positions);
    }

    private Estimate rows(Rows rows) {
        Estimate x = of(rows.x());
        int width = rows.x().width();
        Estimate out = new Estimate(turn.wanted().size() * width);
        for (int i = 0; i < turn.wanted().size(); i++) {
            int token = turn.wanted().get(i).token();
            System.arraycopy(x.value, token * width, out.value, i * width, width);
            System.arraycopy(x.noise, token * width, out.noise, i * width, width);
        }
        return out;
    }

    private void write(WriteKv write) {
        Estimate k = of(write.k());
        Estimate v = of(write.v());
        int token = 0;
        for (Turn.Part part : turn.parts()) {
            DenseKv dense = dense(write.group(), write.layer(), part.sequence());
            for (int i = 0; i < part.tokens().size(); i++, token++) {
                dense.keep(
                        part.kvFrom() + i,
                        row(k, token, write.k().width()),
                        row(v, token, write.v().width()));
            }
        }
    }

    private static Estimate row(Estimate x, int row, int width) {
        int from = row * width;
        return new Estimate(
                java.util.Arrays.copyOfRange(x.value, from, from + width),
                java.util.Arrays.copyOfRange(x.noise, from, from + width));
    }

    private Estimate attention(Attention op, Format type) {
        AttentionFormula formula = new AttentionFormula(op, of(op.q()), type);
        int token = 0;
        for (Turn.Part part : turn.parts()) {
            DenseKv dense = dense(op.group(), op.layer(), part.sequence());
            for (int i = 0; i < part.tokens().size(); i++, token++) {
                boolean[] sees = new boolean[part.kvFrom() + part.tokens().size()];
                java.util.Arrays.fill(sees, 0, part.kvFrom() + (part.tree() ? 0 : i + 1), true);
                if (part.tree()) {
                    sees[part.kvFrom() + i] = true;
                    part.sees().get(i).forEach(other -> sees[part.kvFrom() + other] = true);
                }
                formula.token(token, dense, part.kvFrom() + i, sees);
            }
        }
        return formula.result();
    }
}
