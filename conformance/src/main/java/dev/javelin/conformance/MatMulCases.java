package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.BLOCKS;
import static dev.javelin.conformance.Axes.FORMAT;
import static dev.javelin.conformance.Axes.ROWS;
import static dev.javelin.conformance.Axes.SPREAD;
import static dev.javelin.conformance.Axes.TOKENS;

import dev.javelin.api.MatMul;
import dev.javelin.api.Value;
import java.util.List;

/** Products of activations with a matrix of any format, with and without bias and scale. */
final class MatMulCases implements CaseFamily {

    @Override
    public String operation() {
        return "MatMul";
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(RowCase.AXES, FORMAT, ROWS, TOKENS, BLOCKS, Extras.AXIS, SPREAD);
    }

    @Override
    public boolean allowed(Choice choice) {
        long columns = Axes.columns(choice.of(FORMAT), choice.of(BLOCKS));
        return columns * choice.of(ROWS) * choice.of(TOKENS) <= Axes.MOST_WORK;
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        int n = choice.of(ROWS);
        int k = Axes.columns(choice.of(FORMAT), choice.of(BLOCKS));
        Extras extras = choice.of(Extras.AXIS);
        RowCase made = new RowCase(this, choice, name, seed, choice.of(TOKENS));
        Value x = made.input("x", choice.of(SPREAD), k);
        Value matrix = made.weight("matrix", choice.of(FORMAT), n, k);
        Value out = made.result("out", n);
        return made.add(new MatMul(out, x, matrix, extras.bias(made, "bias", n), extras.scale(made, "scale")))
                .output(out)
                .build();
    }
}
