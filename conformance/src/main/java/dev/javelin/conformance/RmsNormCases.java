package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.TOKENS;

import dev.javelin.api.RmsNorm;
import dev.javelin.api.Value;
import java.util.List;

/** Norms over whole rows and over heads. */
final class RmsNormCases implements CaseFamily {

    private static final Axis<Integer> SIZE = Axis.of("size", List.of(1, 24, 64, 80, 96, 128, 207, 256));
    private static final Axis<Integer> GROUPS = Axis.of("groups", List.of(1, 2, 3, 7));
    static final Axis<Float> EPS = Axis.of("eps", List.of(0f, 1e-6f, 1e-5f, 0.1f));
    private static final Axis<Spread> SPREAD = Axis.of("spread", List.of(Spread.values()));

    @Override
    public String operation() {
        return "RmsNorm";
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(RowCase.AXES, SIZE, GROUPS, TOKENS, EPS, SPREAD);
    }

    /** A row of zeros has no norm without an eps. */
    @Override
    public boolean allowed(Choice choice) {
        return choice.of(EPS) > 0 || choice.of(SPREAD) != Spread.OUTLIERS;
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        int width = choice.of(SIZE) * choice.of(GROUPS);
        RowCase made = new RowCase(this, choice, name, seed, choice.of(TOKENS));
        Value x = made.input("x", choice.of(SPREAD), width);
        Value weight = made.vector("weight", choice.of(SIZE), -2, 2);
        Value out = made.result("out", width);
        return made.add(new RmsNorm(out, x, weight, choice.of(EPS))).output(out).build();
    }
}
