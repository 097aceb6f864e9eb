package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.SPREAD;
import static dev.javelin.conformance.Axes.TOKENS;
import static dev.javelin.conformance.Axes.WIDTH;

import dev.javelin.api.ExpertSum;
import dev.javelin.api.Value;
import java.util.List;

/** Sums of the experts' results, weighted by their shares. */
final class ExpertSumCases implements CaseFamily {

    private static final Axis<Integer> CHOSEN = Axis.of("chosen", List.of(1, 2, 3, 8));

    @Override
    public String operation() {
        return "ExpertSum";
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(RowCase.AXES, CHOSEN, TOKENS, WIDTH, SPREAD);
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        RowCase made = new RowCase(this, choice, name, seed, choice.of(TOKENS));
        Value x = made.input("x", choice.of(SPREAD), choice.of(CHOSEN), choice.of(WIDTH));
        Value shares = made.input("shares", Spread.PLAIN, choice.of(CHOSEN));
        Value out = made.result("out", choice.of(WIDTH));
        return made.add(new ExpertSum(out, x, shares)).output(out).build();
    }
}
