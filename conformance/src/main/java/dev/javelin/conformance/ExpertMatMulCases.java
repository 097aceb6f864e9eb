package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.BLOCKS;
import static dev.javelin.conformance.Axes.FORMAT;
import static dev.javelin.conformance.Axes.SPREAD;

import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.Shape;
import dev.javelin.api.Value;
import java.util.List;

/** Products with the matrices of chosen experts. */
final class ExpertMatMulCases implements CaseFamily {

    static final Axis<Integer> EXPERTS = Axis.of("experts", List.of(1, 3, 8));
    static final Axis<Integer> CHOSEN = Axis.of("chosen", List.of(1, 2, 3));
    private static final Axis<Integer> ROWS = Axis.of("rows", List.of(1, 2, 31, 33, 207));
    private static final Axis<Integer> TOKENS = Axis.of("tokens", List.of(1, 2, 31, 33, 207));
    private static final Axis<Boolean> OWN_INPUT = Axis.of("inputPerExpert", List.of(false, true));
    private static final Axis<Boolean> BIAS = Axis.of("bias", List.of(false, true));

    @Override
    public String operation() {
        return "ExpertMatMul";
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(
                List.of(FORMAT, CHOSEN, ROWS, TOKENS, BLOCKS, OWN_INPUT),
                Axes.and(Axes.drawn(EXPERTS, BIAS, SPREAD), RowCase.AXES_DRAWN));
    }

    @Override
    public boolean allowed(Choice choice) {
        long matrix = (long) Axes.columns(choice.of(FORMAT), choice.of(BLOCKS)) * choice.of(ROWS);
        return choice.of(CHOSEN) <= choice.of(EXPERTS)
                && matrix * choice.of(CHOSEN) * choice.of(TOKENS) <= Axes.MOST_WORK
                && matrix * choice.of(EXPERTS) <= Axes.MOST_WORK / 16;
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        int n = choice.of(ROWS);
        int width = Axes.columns(choice.of(FORMAT), choice.of(BLOCKS));
        int experts = choice.of(EXPERTS);
        int chosen = choice.of(CHOSEN);
        RowCase made = new RowCase(this, choice, name, seed, choice.of(TOKENS));
        Value x = choice.of(OWN_INPUT)
                ? made.input("x", choice.of(SPREAD), chosen, width)
                : made.input("x", choice.of(SPREAD), width);
        Value matrices = made.weight("matrices", choice.of(FORMAT), experts, n, width);
        Value indices = made.indices("indices", chosen, experts);
        Value bias = choice.of(BIAS) ? made.vector("bias", Shape.of(experts, n), -30, 30) : null;
        Value out = made.result("out", chosen, n);
        return made.add(new ExpertMatMul(out, x, matrices, indices, bias))
                .output(out)
                .build();
    }
}
