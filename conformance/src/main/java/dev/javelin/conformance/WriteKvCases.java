package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.PRECISION;
import static dev.javelin.conformance.Axes.SLACK;

import dev.javelin.api.Dim;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.Value;
import dev.javelin.api.WriteKv;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeping keys and values; looked at through exported blocks, in which nothing else may have changed. */
final class WriteKvCases implements CaseFamily {

    private static final Axis<Spread> SPREAD = Axis.of("spread", List.of(Spread.PLAIN, Spread.OUTLIERS, Spread.TINY));

    @Override
    public String operation() {
        return "WriteKv";
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(
                List.of(Scene.AXIS, KvAxes.BLOCK_TOKENS, KvAxes.KV_HEADS, KvAxes.KEY_SIZE, KvAxes.KEYS, KvAxes.VALUES),
                Axes.drawn(
                        KvAxes.VALUES_DIFFER,
                        KvAxes.Layer.AXIS,
                        KvAxes.WINDOW,
                        SPREAD,
                        PRECISION,
                        SLACK,
                        Setting.AXIS));
    }

    @Override
    public boolean allowed(Choice choice) {
        return KvAxes.fits(choice);
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        Draw draw = new Draw(seed, name);
        int slack = choice.of(SLACK);
        KvGroup group = KvAxes.group("layers", choice, choice.of(KvAxes.WINDOW));
        List<Turn> turns = List.of(Turn.of(choice.of(Scene.AXIS).parts(false, draw.random("trees")), List.of()));
        Map<Integer, Integer> kept = new HashMap<>();
        turns.getFirst().parts().forEach(part -> kept.put(part.sequence(), part.kvFrom()));
        int tokens = turns.getFirst().tokens();
        Limits limits =
                new Limits(tokens + slack, choice.of(Scene.AXIS).count() + slack, 1, KvAxes.context(turns) + slack);

        Program.Builder program = Program.builder("keep");
        Value k = program.input("k", Format.F32, Shape.rows(Dim.Symbol.TOKENS, group.kvHeads() * group.keySize()));
        Value v = program.input("v", Format.F32, Shape.rows(Dim.Symbol.TOKENS, group.kvHeads() * group.valueSize()));
        program.add(new WriteKv(k, v, group, choice.of(KvAxes.Layer.AXIS).index));
        return Case.builder(operation(), name, seed, program.build())
                .limits(limits)
                .precision(choice.of(PRECISION))
                .setting(choice.of(Setting.AXIS))
                .states(KvAxes.states(choice.of(KvAxes.BLOCK_TOKENS), turns, kept, group))
                .turns(turns)
                .contents(() -> {
                    Contents contents = new Contents();
                    draw.input(contents, k, choice.of(SPREAD), tokens, k.shape().most(limits));
                    KvAxes.keep(contents, draw, group, kept, Spread.PLAIN);
                    draw.input(contents, v, choice.of(SPREAD), tokens, v.shape().most(limits));
                    return contents;
                })
                .build();
    }
}
