package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.PRECISION;
import static dev.javelin.conformance.Axes.SLACK;
import static dev.javelin.conformance.Axes.SPREAD;

import dev.javelin.api.Attention;
import dev.javelin.api.Dim;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.Value;
import dev.javelin.conformance.Turn.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Attention over keys and values that are already there, in blocks given out in random order. */
final class AttentionCases implements CaseFamily {

    private static final Axis<Float> SCALE = Axis.of("scale", List.of(0.1f, 0.3f));
    private static final Axis<Boolean> TREES = Axis.of("trees", List.of(false, true));

    @Override
    public String operation() {
        return "Attention";
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(
                List.of(
                        Scene.AXIS,
                        KvAxes.GROUPED,
                        KvAxes.KEY_SIZE,
                        KvAxes.KEYS,
                        KvAxes.VALUES,
                        KvAxes.WINDOW,
                        KvAxes.SOFT_CAP),
                Axes.drawn(
                        KvAxes.BLOCK_TOKENS,
                        KvAxes.KV_HEADS,
                        KvAxes.VALUES_DIFFER,
                        SCALE,
                        TREES,
                        KvAxes.Layer.AXIS,
                        PRECISION,
                        SPREAD,
                        SLACK,
                        Setting.AXIS));
    }

    @Override
    public boolean allowed(Choice choice) {
        long heads = (long) choice.of(KvAxes.KV_HEADS) * choice.of(KvAxes.GROUPED);
        long work = choice.of(Scene.AXIS).pairs() * heads * (choice.of(KvAxes.KEY_SIZE) + KvAxes.valueSize(choice));
        return KvAxes.fits(choice) && work <= Axes.MOST_WORK / 4;
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        Draw draw = new Draw(seed, name);
        Scene scene = choice.of(Scene.AXIS);
        int heads = choice.of(KvAxes.KV_HEADS) * choice.of(KvAxes.GROUPED);
        int slack = choice.of(SLACK);
        KvGroup group = KvAxes.group("layers", choice, choice.of(KvAxes.WINDOW));
        List<Part> parts = scene.parts(choice.of(TREES), draw.random("trees"));
        List<Turn> turns = List.of(Turn.of(parts, List.of()));
        Map<Integer, Integer> kept = new HashMap<>();
        for (int sequence = 0; sequence < scene.count(); sequence++) {
            kept.put(sequence, scene.length(sequence));
        }
        int tokens = turns.getFirst().tokens();
        Limits limits = new Limits(
                tokens + slack,
                parts.size() + slack,
                1,
                KvAxes.context(turns) + slack,
                new Limits.Extras(0, 0, 0, choice.of(TREES)));

        Program.Builder program = Program.builder("attention");
        Value q = program.input("q", Format.F32, Shape.rows(Dim.Symbol.TOKENS, heads * group.keySize()));
        Value out = program.result("out", Shape.rows(Dim.Symbol.TOKENS, heads * group.valueSize()));
        // values are bounded by the range of F16; huge ones are tried where they are kept in full
        Spread values = group.valueFormat() == Format.F32 ? choice.of(SPREAD) : Spread.OUTLIERS;
        float scale = choice.of(SCALE);
        float softCap = choice.of(KvAxes.SOFT_CAP);
        program.add(new Attention(out, q, group, choice.of(KvAxes.Layer.AXIS).index, scale, softCap))
                .output(out);
        return Case.builder(operation(), name, seed, program.build())
                .limits(limits)
                .precision(choice.of(PRECISION))
                .setting(choice.of(Setting.AXIS))
                .states(KvAxes.states(choice.of(KvAxes.BLOCK_TOKENS), turns, kept, group))
                .turns(turns)
                .contents(() -> {
                    Contents contents = new Contents();
                    draw.input(contents, q, choice.of(SPREAD), tokens, q.shape().most(limits));
                    KvAxes.keep(contents, draw, group, kept, values);
                    return contents;
                })
                .build();
    }
}
