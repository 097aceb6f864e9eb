package dev.javelin.conformance;

import dev.javelin.api.AddRmsNorm;
import dev.javelin.api.Binary;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Value;
import java.util.List;

/** A sum and its norm, against both one by one. */
final class AddRmsNormCases implements CaseFamily {

    private static final Axis<Integer> SIZE = Axis.of("size", List.of(1, 31, 64, 207));
    private static final Axis<Integer> GROUPS = Axis.of("groups", List.of(1, 3));
    private static final Axis<Boolean> ONE_ROW = Axis.of("addsOneRow", List.of(false, true));
    private static final Axis<Spread> SPREAD = Axis.of("spread", List.of(Spread.PLAIN, Spread.HUGE, Spread.TINY));

    @Override
    public String operation() {
        return "AddRmsNorm";
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(RowCase.AXES, FusedAs.AXIS, SIZE, GROUPS, ONE_ROW, Axes.TOKENS, RmsNormCases.EPS, SPREAD);
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        int width = choice.of(SIZE) * choice.of(GROUPS);
        RowCase made = new RowCase(this, choice, name, seed, choice.of(Axes.TOKENS));
        Value a = made.input("a", choice.of(SPREAD), width);
        Value b = choice.of(ONE_ROW) ? made.vector("b", width, -3, 3) : made.input("b", choice.of(SPREAD), width);
        Value sum = made.result("sum", width);
        Value out = made.result("out", width);
        Value weight = made.vector("weight", choice.of(SIZE), -2, 2);
        return made.add(new AddRmsNorm(
                        new Binary(sum, Binary.Kind.ADD, a, b),
                        new RmsNorm(out, sum, weight, choice.of(RmsNormCases.EPS))))
                .output(sum, out)
                .build(choice.of(FusedAs.AXIS));
    }
}
