package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.BLOCKS;
import static dev.javelin.conformance.Axes.FORMAT;
import static dev.javelin.conformance.Axes.PRECISION;
import static dev.javelin.conformance.Axes.ROWS;
import static dev.javelin.conformance.Axes.ROWS_OF;
import static dev.javelin.conformance.Axes.SLACK;
import static dev.javelin.conformance.Axes.SPREAD;
import static dev.javelin.conformance.Axes.TOKENS;

import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.MatMul;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.Value;
import java.util.List;

/** Products of activations with a matrix of any format, with and without bias and scale. */
final class MatMulCases implements CaseFamily {

    /** What is done to the product. */
    enum Extras {
        NONE,
        BIAS,
        SCALE,
        BOTH
    }

    private static final Axis<Extras> EXTRAS = Axis.of("extras", List.of(Extras.values()));

    /** More multiply-adds than this take the scalar oracle too long. */
    private static final long MOST_WORK = 1L << 25;

    @Override
    public String name() {
        return "MatMul";
    }

    @Override
    public List<Axis<?>> axes() {
        return List.of(FORMAT, ROWS, TOKENS, BLOCKS, EXTRAS, PRECISION, SPREAD, ROWS_OF, SLACK, Setting.AXIS);
    }

    @Override
    public boolean allowed(Choice choice) {
        long columns = Axes.columns(choice.of(FORMAT), choice.of(BLOCKS));
        return columns * choice.of(ROWS) * choice.of(TOKENS) <= MOST_WORK;
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        Format format = choice.of(FORMAT);
        int n = choice.of(ROWS);
        int k = Axes.columns(format, choice.of(BLOCKS));
        int rows = choice.of(TOKENS);
        RowsOf of = choice.of(ROWS_OF);
        Limits limits = of.limits(rows, choice.of(SLACK));
        Extras extras = choice.of(EXTRAS);

        Program.Builder program = Program.builder("product");
        Value x = program.input("x", Format.F32, Shape.rows(of.dim(rows), k));
        Value matrix = program.weight("matrix", format, Shape.of(n, k));
        Value bias =
                extras == Extras.BIAS || extras == Extras.BOTH ? program.weight("bias", Format.F32, Shape.of(n)) : null;
        Value scale = extras == Extras.SCALE || extras == Extras.BOTH
                ? program.weight("scale", Format.F32, Shape.of(1))
                : null;
        Value out = program.result("out", Shape.rows(of.dim(rows), n));
        program.add(new MatMul(out, x, matrix, bias, scale)).output(out);

        Draw draw = new Draw(seed, name);
        return Case.builder(name(), name, seed, program.build())
                .limits(limits)
                .precision(choice.of(PRECISION))
                .setting(choice.of(Setting.AXIS))
                .turns(List.of(of.turn(rows)))
                .contents(() -> {
                    Contents contents = new Contents();
                    draw.weight(contents, matrix);
                    if (bias != null) {
                        draw.vector(contents, bias, -30, 30);
                    }
                    if (scale != null) {
                        draw.vector(contents, scale, 0.2, 0.6);
                    }
                    draw.input(contents, x, choice.of(SPREAD), rows, x.shape().most(limits));
                    return contents;
                })
                .build();
    }
}
