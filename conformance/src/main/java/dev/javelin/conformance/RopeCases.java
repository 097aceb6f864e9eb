package dev.javelin.conformance;

import static dev.javelin.conformance.Axes.SPREAD;

import dev.javelin.api.Rope;
import dev.javelin.api.RopeSpec;
import dev.javelin.api.StepColumn.Source;
import dev.javelin.api.Value;
import dev.javelin.conformance.Turn.NewToken;
import dev.javelin.conformance.Turn.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Rotary positions: every family, both orders, whole heads and parts of them. */
final class RopeCases implements CaseFamily {

    /** Where the tokens stand. */
    enum Positions {
        FROM_START,
        FAR,
        /** In any order, some twice: positions are apart from KV indices. */
        JUMPING;

        int of(int token, SplittableRandom random) {
            return switch (this) {
                case FROM_START -> token;
                case FAR -> 100_000 + token;
                case JUMPING -> random.nextInt(5000);
            };
        }
    }

    private static final Axis<Integer> SIZE = Axis.of("headSize", List.of(24, 64, 80, 96, 128, 256));
    private static final Axis<Integer> TURNED = Axis.of("quartersTurned", List.of(4, 2, 1));
    private static final Axis<Integer> HEADS = Axis.of("heads", List.of(1, 2, 3, 7));
    private static final Axis<Integer> TOKENS = Axis.of("tokens", List.of(1, 2, 31, 33, 207));
    private static final Axis<Double> BASE = Axis.of("base", List.of(1e4, 5e5));
    private static final Axis<Positions> POSITIONS = Axis.of("positions", List.of(Positions.values()));
    private static final Axis<RopeSpec.Order> ORDER = Axis.of("order", List.of(RopeSpec.Order.values()));

    @Override
    public String operation() {
        return "Rope";
    }

    @Override
    public List<Axis<?>> axes() {
        return Axes.and(
                List.of(RopeFamily.AXIS, ORDER, SIZE, TURNED, HEADS, TOKENS, POSITIONS),
                Axes.drawn(BASE, SPREAD, Axes.PRECISION, Axes.SLACK, Setting.AXIS));
    }

    @Override
    public Case build(Choice choice, String name, long seed) {
        int headSize = choice.of(SIZE);
        int dims = headSize * choice.of(TURNED) / 4;
        int rows = choice.of(TOKENS);
        RowCase made = new RowCase(this, choice, name, seed, rows, RowsOf.TOKENS);
        Value x = made.input("x", choice.of(SPREAD), choice.of(HEADS) * headSize);
        Value out = made.result("out", choice.of(HEADS) * headSize);
        RopeSpec spec = choice.of(RopeFamily.AXIS).spec(choice.of(ORDER), dims, choice.of(BASE));
        Value factors = made.factors("factors", choice.of(RopeFamily.AXIS).factors(dims, choice.of(BASE)));
        made.add(new Rope(out, x, headSize, spec, factors)).output(out);

        SplittableRandom random = made.draw().random("positions");
        List<Part> parts = new ArrayList<>();
        int token = 0;
        for (Part part : RowsOf.TOKENS.turn(rows).parts()) {
            List<NewToken> placed = new ArrayList<>();
            for (int i = 0; i < part.tokens().size(); i++) {
                placed.add(new NewToken(Source.ID, 0, choice.of(POSITIONS).of(token++, random)));
            }
            parts.add(new Part(part.sequence(), 0, placed, List.of()));
        }
        return made.build(Turn.of(parts, List.of()), RowsOf.TOKENS.limits(rows, choice.of(Axes.SLACK)));
    }
}
