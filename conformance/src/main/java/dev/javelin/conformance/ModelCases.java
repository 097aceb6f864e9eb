package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.PRECISION;
import static dev.javelin.conformance.Axes.SLACK;

import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.Want;
import dev.javelin.conformance.Turn.Part;
import dev.javelin.conformance.Turn.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A whole tiny model over several runs: what operations hand to each other, and what a device makes of a long program. */
final class ModelCases implements CaseFamily {

    private static final Axis<Format> FORMAT = Axis.of(
            "format",
            List.of(Format.F32, Format.F16, Format.BF16, Format.Q8_0, Format.Q4_0, Format.MXFP4, Format.Q4_K));
    private static final Axis<Format> KEPT = Axis.of("kept", List.of(Format.F32, Format.F16, Format.Q8_0));

    @Override
    public String operation() {
        return "Model";
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(
                List.of(FORMAT, KEPT, Story.AXIS), Axes.drawn(KvAxes.BLOCK_TOKENS, PRECISION, SLACK, Setting.AXIS));
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        TinyModel model = new TinyModel(choice.of(FORMAT), choice.of(KEPT), false);
        Draw draw = new Draw(seed, name);
        List<Turn> turns = choice.of(Story.AXIS).turns(TinyModel.VOCABULARY, draw.random("story")).stream()
                .map(ModelCases::wantingLast)
                .toList();
        int slack = choice.of(SLACK);
        int tokens = turns.stream().mapToInt(Turn::tokens).max().orElseThrow() + slack;
        int parts = turns.stream().mapToInt(turn -> turn.parts().size()).max().orElseThrow();
        boolean trees = turns.stream().flatMap(turn -> turn.parts().stream()).anyMatch(Part::tree);
        return Case.builder(operation(), name, seed, model.program)
                .limits(new Limits(
                        tokens, parts + slack, parts, KvAxes.context(turns) + slack, new Limits.Extras(0, 0, 0, trees)))
                .precision(choice.of(PRECISION))
                .setting(choice.of(Setting.AXIS))
                .states(KvAxes.states(choice.of(KvAxes.BLOCK_TOKENS), turns, Map.of(), model.recent, model.all))
                .turns(turns)
                .contents(() -> model.contents(draw))
                .build();
    }

    /** Wants the logits of each sequence's last token. */
    private static Turn wantingLast(Turn turn) {
        List<Wanted> wanted = new ArrayList<>();
        int token = 0;
        for (Part part : turn.parts()) {
            token += part.tokens().size();
            wanted.add(new Wanted(token - 1, Want.LOGITS));
        }
        return new Turn(turn.forks(), turn.parts(), wanted);
    }
}
