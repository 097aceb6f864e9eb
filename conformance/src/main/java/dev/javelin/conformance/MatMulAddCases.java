package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.BLOCKS;
import static dev.javelin.conformance.Axes.FORMAT;
import static dev.javelin.conformance.Axes.SPREAD;

import dev.javelin.api.Binary;
import dev.javelin.api.MatMul;
import dev.javelin.api.MatMulAdd;
import dev.javelin.api.Value;
import java.util.List;

/** A product and a residual, against both one by one. */
final class MatMulAddCases implements CaseFamily {

    private static final Axis<Integer> ROWS = Axis.of("rows", List.of(1, 33, 207));
    private static final Axis<Integer> TOKENS = Axis.of("tokens", List.of(1, 2, 33, 207));
    /** Which side of the sum the product is. */
    private static final Axis<Boolean> PRODUCT_FIRST = Axis.of("productFirst", List.of(false, true));

    @Override
    public String operation() {
        return "MatMulAdd";
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(
                List.of(FusedAs.AXIS, FORMAT, ROWS, TOKENS, BLOCKS, Extras.AXIS),
                Axes.and(Axes.drawn(PRODUCT_FIRST, SPREAD), RowCase.AXES_DRAWN));
    }

    @Override
    public boolean allowed(Choice choice) {
        long columns = Axes.columns(choice.of(FORMAT), choice.of(BLOCKS));
        return columns * choice.of(ROWS) * choice.of(TOKENS) <= Axes.MOST_WORK / 4;
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        int n = choice.of(ROWS);
        int k = Axes.columns(choice.of(FORMAT), choice.of(BLOCKS));
        Extras extras = choice.of(Extras.AXIS);
        RowCase made = new RowCase(this, choice, name, seed, choice.of(TOKENS));
        Value x = made.input("x", choice.of(SPREAD), k);
        Value residual = made.input("residual", choice.of(SPREAD), n);
        Value matrix = made.weight("matrix", choice.of(FORMAT), n, k);
        Value product = made.result("product", n);
        Value out = made.result("out", n);
        MatMul first = new MatMul(product, x, matrix, extras.bias(made, "bias", n), extras.scale(made, "scale"));
        Binary then = choice.of(PRODUCT_FIRST)
                ? new Binary(out, Binary.Kind.ADD, product, residual)
                : new Binary(out, Binary.Kind.ADD, residual, product);
        return made.add(new MatMulAdd(first, then)).output(out).build(choice.of(FusedAs.AXIS));
    }
}
