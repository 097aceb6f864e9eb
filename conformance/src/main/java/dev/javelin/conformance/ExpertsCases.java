package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.ACTIVATION;

import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.ExpertSum;
import dev.javelin.api.Format;
import dev.javelin.api.Glu;
import dev.javelin.api.Route;
import dev.javelin.api.Value;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A whole layer of experts: routing, gate and up, gated unit, down, sum. Its matrices have different formats. */
final class ExpertsCases implements CaseFamily {

    private static final int EXPERTS = 6;
    private static final int CHOSEN = 2;

    private static final List<Format> FORMATS = List.of(Format.F32, Format.Q8_0, Format.Q4_0, Format.MXFP4);
    private static final Axis<Format> UP = Axis.of("up", FORMATS);
    private static final Axis<Format> DOWN = Axis.of("down", FORMATS);
    private static final Axis<Integer> TOKENS = Axis.of("tokens", List.of(1, 2, 33));

    @Override
    public String operation() {
        return "Experts";
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(RowCase.AXES, UP, DOWN, TOKENS, ACTIVATION);
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        int width = 96;
        int hidden = 64;
        RowCase made = new RowCase(this, choice, name, seed, choice.of(TOKENS));
        Value x = made.input("x", Spread.PLAIN, width);
        Value logits = made.input("logits", EXPERTS, (contents, row, to, at) -> {
            SplittableRandom random = made.draw().random("logits" + row);
            Integer[] order = new Integer[EXPERTS]; // far apart, so that rounding does not change who is chosen
            Arrays.setAll(order, i -> i);
            java.util.Collections.shuffle(Arrays.asList(order), new java.util.Random(random.nextLong()));
            for (int i = 0; i < EXPERTS; i++) {
                to[at + i] = order[i] * 0.7f - 2;
            }
        });
        Value experts = made.resultIndices("experts", CHOSEN);
        Value shares = made.result("shares", CHOSEN);
        Value gate = made.result("gate", CHOSEN, hidden);
        Value up = made.result("up", CHOSEN, hidden);
        Value active = made.result("active", CHOSEN, hidden);
        Value down = made.result("down", CHOSEN, width);
        Value out = made.result("out", width);
        Value gates = made.weight("gates", choice.of(UP), EXPERTS, hidden, width);
        Value ups = made.weight("ups", choice.of(UP), EXPERTS, hidden, width);
        Value downs = made.weight("downs", choice.of(DOWN), EXPERTS, width, hidden);
        return made.add(new Route(experts, shares, logits, Route.Scoring.SOFTMAX, null, true, 1))
                .add(new ExpertMatMul(gate, x, gates, experts, null))
                .add(new ExpertMatMul(up, x, ups, experts, null))
                .add(new Glu(active, gate, up, choice.of(ACTIVATION)))
                .add(new ExpertMatMul(down, active, downs, experts, null))
                .add(new ExpertSum(out, down, shares))
                .output(out)
                .build();
    }
}
