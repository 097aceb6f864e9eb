package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.PRECISION;
import static dev.javelin.conformance.Axes.SLACK;
import static dev.javelin.conformance.Axes.SPREAD;
import static dev.javelin.conformance.Axes.TOKENS;
import static dev.javelin.conformance.Axes.WIDTH;

import dev.javelin.api.Dim;
import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.Program;
import dev.javelin.api.Rows;
import dev.javelin.api.Shape;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.conformance.Turn.Wanted;
import java.util.ArrayList;
import java.util.List;

/** Taking the rows that a step wants something of. */
final class RowsCases implements CaseFamily {

    /** Which tokens a step wants something of. */
    enum Picked {
        NONE,
        LAST,
        BACKWARDS,
        /** One token several times, of which the second is wanted for something else. */
        REPEATED;

        List<Wanted> of(int tokens) {
            List<Wanted> wanted = new ArrayList<>();
            switch (this) {
                case NONE -> {}
                case LAST -> wanted.add(new Wanted(tokens - 1, Want.HIDDEN));
                case BACKWARDS -> {
                    for (int i = tokens - 1; i >= 0; i--) {
                        wanted.add(new Wanted(i, Want.HIDDEN, Want.LOGITS));
                    }
                }
                case REPEATED -> {
                    for (int i = 0; i < tokens; i++) {
                        wanted.add(new Wanted(i / 3, i % 2 == 0 ? Want.HIDDEN : Want.LOGITS));
                    }
                }
            }
            return wanted;
        }
    }

    private static final Axis<Picked> PICKED = Axis.of("picked", List.of(Picked.values()));

    @Override
    public String operation() {
        return "Rows";
    }

    @Override
    public List<Axis<?>> axes() {
        return List.of(TOKENS, WIDTH, PICKED, SPREAD, PRECISION, SLACK, Setting.AXIS);
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        int tokens = choice.of(TOKENS);
        Limits plain = RowsOf.TOKENS.limits(tokens, choice.of(SLACK));
        Limits limits = new Limits(plain.tokens(), plain.sequences(), plain.tokens(), plain.context());
        Program.Builder program = Program.builder("rows");
        Value x = program.input("x", Format.F32, Shape.rows(Dim.Symbol.TOKENS, choice.of(WIDTH)));
        Value out = program.result("out", Shape.rows(Dim.Symbol.OUTPUTS, choice.of(WIDTH)));
        program.add(new Rows(out, x)).output(out, Want.HIDDEN);
        Draw draw = new Draw(seed, name);
        return Case.builder(operation(), name, seed, program.build())
                .limits(limits)
                .precision(choice.of(PRECISION))
                .setting(choice.of(Setting.AXIS))
                .turns(List.of(Turn.of(
                        RowsOf.TOKENS.turn(tokens).parts(), choice.of(PICKED).of(tokens))))
                .contents(() -> {
                    Contents contents = new Contents();
                    draw.input(contents, x, choice.of(SPREAD), tokens, x.shape().most(limits));
                    return contents;
                })
                .build();
    }
}
