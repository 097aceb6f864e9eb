package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.ACTIVATION;
import static dev.javelin.conformance.Axes.SPREAD;

import dev.javelin.api.Glu;
import dev.javelin.api.MatMul;
import dev.javelin.api.NormGateUpGlu;
import dev.javelin.api.RmsNorm;
import dev.javelin.api.Value;
import java.util.List;

/** Norm, gate, up and gated unit, with matrices of two formats, against all of them one by one. */
final class NormGateUpGluCases implements CaseFamily {

    private static final Axis<Integer> ROWS = Axis.of("rows", List.of(1, 33, 96));
    private static final Axis<Integer> TOKENS = Axis.of("tokens", List.of(1, 2, 33));
    private static final Axis<Float> EPS = Axis.of("eps", List.of(1e-6f, 0.1f));
    private static final Axis<Extras> UP_EXTRAS = Axis.drawn("upExtras", List.of(Extras.values()));

    @Override
    public String operation() {
        return "NormGateUpGlu";
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(
                List.of(FusedAs.AXIS, Mix.AXIS, ROWS, TOKENS, ACTIVATION),
                Axes.and(Axes.drawn(EPS, Extras.AXIS, UP_EXTRAS, SPREAD), RowCase.AXES_DRAWN));
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        int n = choice.of(ROWS);
        Mix mix = choice.of(Mix.AXIS);
        int width = mix.width();
        RowCase made = new RowCase(this, choice, name, seed, choice.of(TOKENS));
        Value x = made.input("x", choice.of(SPREAD), width);
        Value normed = made.result("normed", width);
        Value gate = made.result("gate", n);
        Value up = made.result("up", n);
        Value out = made.result("out", n);
        RmsNorm norm = new RmsNorm(normed, x, made.vector("weight", width, -2, 2), choice.of(EPS));
        MatMul gated = new MatMul(
                gate,
                normed,
                made.weight("gates", mix.one(), n, width),
                choice.of(Extras.AXIS).bias(made, "gateBias", n),
                choice.of(Extras.AXIS).scale(made, "gateScale"));
        MatMul upped = new MatMul(
                up,
                normed,
                made.weight("ups", mix.two(), n, width),
                choice.of(UP_EXTRAS).bias(made, "upBias", n),
                choice.of(UP_EXTRAS).scale(made, "upScale"));
        return made.add(new NormGateUpGlu(norm, gated, upped, new Glu(out, gate, up, choice.of(ACTIVATION))))
                .output(out)
                .build(choice.of(FusedAs.AXIS));
    }
}
