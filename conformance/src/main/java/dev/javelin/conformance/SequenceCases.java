package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.PRECISION;
import static dev.javelin.conformance.Axes.SLACK;

import dev.javelin.api.Attention;
import dev.javelin.api.Dim;
import dev.javelin.api.Embed;
import dev.javelin.api.Format;
import dev.javelin.api.KvGroup;
import dev.javelin.api.Limits;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.Value;
import dev.javelin.api.WriteKv;
import java.util.List;
import java.util.Map;

/**
 * Keeping and attending over several runs, in a group with a window and one without: sequences side by side, rolled back,
 * with shared prefixes, with drafts. Queries, keys and values come from tables by the token's id, so all tokens differ.
 */
final class SequenceCases implements CaseFamily {

    private static final int VOCABULARY = 61;

    private static final Axis<Integer> KEY_SIZE = Axis.of("keySize", List.of(32, 96));
    private static final Axis<Integer> WINDOW = Axis.of("window", List.of(1, 3, 16, 1000));

    @Override
    public String operation() {
        return "Sequences";
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(
                List.of(Story.AXIS, KvAxes.BLOCK_TOKENS, WINDOW, KvAxes.GROUPED, KvAxes.KEYS, KvAxes.VALUES),
                Axes.drawn(KvAxes.KV_HEADS, KEY_SIZE, PRECISION, SLACK, Setting.AXIS));
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        Draw draw = new Draw(seed, name);
        int slack = choice.of(SLACK);
        KvGroup recent = group("recent", choice, choice.of(WINDOW), choice.of(KvAxes.KEYS), choice.of(KvAxes.VALUES));
        KvGroup all = group("all", choice, 0, choice.of(KvAxes.VALUES), choice.of(KvAxes.KEYS));
        List<Turn> turns = choice.of(Story.AXIS).turns(VOCABULARY, draw.random("story"));
        int tokens = turns.stream().mapToInt(Turn::tokens).max().orElseThrow();
        int parts = turns.stream().mapToInt(turn -> turn.parts().size()).max().orElseThrow();
        boolean trees = turns.stream().flatMap(turn -> turn.parts().stream()).anyMatch(Turn.Part::tree);
        Limits limits = new Limits(
                tokens + slack, parts + slack, 1, KvAxes.context(turns) + slack, new Limits.Extras(0, 0, 0, trees));

        Program.Builder program = Program.builder("sequences");
        int heads = choice.of(KvAxes.KV_HEADS) * choice.of(KvAxes.GROUPED);
        Value q = embedded(program, "q", heads * recent.keySize());
        Value k = embedded(program, "k", recent.kvHeads() * recent.keySize());
        Value v = embedded(program, "v", recent.kvHeads() * recent.valueSize());
        for (KvGroup group : List.of(recent, all)) {
            Value out = program.result("out " + group.name(), Shape.rows(Dim.Symbol.TOKENS, heads * group.valueSize()));
            program.add(new WriteKv(k, v, group, 1))
                    .add(new Attention(out, q, group, 1, 0.2f, 0))
                    .output(out);
        }
        Program built = program.build();
        return Case.builder(operation(), name, seed, built)
                .limits(limits)
                .precision(choice.of(PRECISION))
                .setting(choice.of(Setting.AXIS))
                .states(KvAxes.states(choice.of(KvAxes.BLOCK_TOKENS), turns, Map.of(), recent, all))
                .turns(turns)
                .contents(() -> {
                    Contents contents = new Contents();
                    built.weights().values().forEach(table -> draw.weight(contents, table));
                    return contents;
                })
                .build();
    }

    private static KvGroup group(String name, Choice choice, int window, Format keys, Format values) {
        return new KvGroup(name, 2, choice.of(KvAxes.KV_HEADS), choice.of(KEY_SIZE), 64, window, keys, values);
    }

    private static Value embedded(Program.Builder program, String name, int width) {
        Value table = program.weight("table " + name, Format.F32, Shape.of(VOCABULARY, width));
        Value out = program.result(name, Shape.rows(Dim.Symbol.TOKENS, width));
        program.add(new Embed(out, table, 1));
        return out;
    }
}
