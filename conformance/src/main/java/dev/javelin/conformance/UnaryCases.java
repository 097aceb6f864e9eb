package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.ACTIVATION;
import static dev.javelin.conformance.Axes.PRECISION;
import static dev.javelin.conformance.Axes.ROWS_OF;
import static dev.javelin.conformance.Axes.SLACK;
import static dev.javelin.conformance.Axes.SPREAD;
import static dev.javelin.conformance.Axes.TOKENS;

import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.Unary;
import dev.javelin.api.Value;
import java.util.List;

/** Activation functions. */
final class UnaryCases implements CaseFamily {

    private static final Axis<Integer> WIDTH = Axis.of("width", List.of(1, 31, 64, 207));

    @Override
    public String name() {
        return "Unary";
    }

    @Override
    public List<Axis<?>> axes() {
        return List.of(ACTIVATION, TOKENS, WIDTH, PRECISION, SPREAD, ROWS_OF, SLACK, Setting.AXIS);
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        int rows = choice.of(TOKENS);
        RowsOf of = choice.of(ROWS_OF);
        Limits limits = of.limits(rows, choice.of(SLACK));
        Program.Builder program = Program.builder("activation");
        Value x = program.input("x", Format.F32, Shape.rows(of.dim(rows), choice.of(WIDTH)));
        Value out = program.result("out", Shape.rows(of.dim(rows), choice.of(WIDTH)));
        program.add(new Unary(out, x, choice.of(ACTIVATION))).output(out);
        Draw draw = new Draw(seed, name);
        return Case.builder(name(), name, seed, program.build())
                .limits(limits)
                .precision(choice.of(PRECISION))
                .setting(choice.of(Setting.AXIS))
                .turns(List.of(of.turn(rows)))
                .contents(() -> {
                    Contents contents = new Contents();
                    draw.input(contents, x, choice.of(SPREAD), rows, x.shape().most(limits));
                    return contents;
                })
                .build();
    }
}
