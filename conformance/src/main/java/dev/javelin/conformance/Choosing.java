package dev.javelin.conformance;

import dev.javelin.api.Limits;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.conformance.Turn.Bias;
import dev.javelin.conformance.Turn.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What cases of {@code ArgMax} and {@code TopK} have in common: numbers with ties and NaN, masks, biases. */
final class Choosing {

    /** What there is to choose from. */
    enum Numbers {
        DIFFERENT,
        /** Small whole numbers, so that many are equal, zeros of both signs among them. */
        EQUAL,
        /** With NaN and both infinities. */
        SPECIAL,
        /** Nothing but NaN. */
        NAN;

        float next(SplittableRandom random) {
            return switch (this) {
                case DIFFERENT -> (float) (random.nextGaussian() * 10);
                case EQUAL -> random.nextBoolean() ? random.nextInt(3) : -random.nextInt(3) * 1f;
                case SPECIAL ->
                    switch (random.nextInt(8)) {
                        case 0 -> Float.NaN;
                        case 1 -> Float.NEGATIVE_INFINITY;
                        case 2 -> Float.POSITIVE_INFINITY;
                        default -> (float) random.nextGaussian();
                    };
                case NAN -> Float.NaN;
            };
        }
    }

    /** What the step allows. */
    enum Mask {
        ALL,
        HALF,
        ONE,
        NOTHING
    }

    static final Axis<Numbers> NUMBERS = Axis.of("numbers", List.of(Numbers.values()));
    static final Axis<Mask> MASK = Axis.of("mask", List.of(Mask.values()));
    static final Axis<Boolean> BIASED = Axis.of("biased", List.of(false, true));
    static final Axis<Integer> ROWS = Axis.of("rows", List.of(1, 2, 31, 33));
    static final Axis<Integer> WIDTH = Axis.of("width", List.of(1, 2, 31, 33, 207, 1000));
    static final List<Axis<?>> AXES = Axes.and(RowCase.AXES, NUMBERS, MASK, BIASED, ROWS, WIDTH);

    private static final int BIASES = 3;

    private Choosing() {}

    /** Masks and biases belong to output rows. */
    static boolean allowed(Choice choice) {
        return choice.of(Axes.ROWS_OF) == RowsOf.OUTPUTS || (choice.of(MASK) == Mask.ALL && !choice.of(BIASED));
    }

    static Value input(RowCase made, Choice choice) {
        int width = choice.of(WIDTH);
        return made.input("x", width, (contents, row, to, at) -> {
            SplittableRandom random = made.draw().random("x" + row);
            for (int i = 0; i < width; i++) {
                to[at + i] = choice.of(NUMBERS).next(random);
            }
        });
    }

    /** Finishes the case with masks and biases. */
    static Case build(RowCase made, Choice choice) {
        int rows = choice.of(ROWS);
        RowsOf of = choice.of(Axes.ROWS_OF);
        Turn plain = of.turn(rows);
        List<Wanted> wanted = new ArrayList<>();
        for (int row = 0; row < plain.wanted().size(); row++) {
            SplittableRandom random = made.draw().random("wanted" + row);
            List<Integer> allowed = allowed(choice, random);
            List<Bias> biases = new ArrayList<>();
            for (int i = 0; choice.of(BIASED) && i < BIASES; i++) {
                // sometimes one id twice; sums of few bits are exact in any order
                biases.add(new Bias(random.nextInt(choice.of(WIDTH)), random.nextInt(-64, 64) / 4f));
            }
            wanted.add(new Wanted(
                    plain.wanted().get(row).token(),
                    Want.bits(Want.ID, Want.TOP_K),
                    choice.of(MASK) == Mask.ALL ? null : allowed,
                    biases));
        }
        Limits limits = of.limits(rows, choice.of(Axes.SLACK));
        int vocabulary = choice.of(MASK) == Mask.ALL ? 0 : choice.of(WIDTH);
        return made.build(
                Turn.of(plain.parts(), wanted),
                limits.with(
                        new Limits.Extras(0, vocabulary, choice.of(BIASED) ? limits.outputs() * BIASES : 0, false)));
    }

    private static List<Integer> allowed(Choice choice, SplittableRandom random) {
        List<Integer> allowed = new ArrayList<>();
        for (int id = 0; id < choice.of(WIDTH); id++) {
            if (choice.of(MASK) == Mask.HALF && random.nextBoolean()) {
                allowed.add(id);
            }
        }
        if (choice.of(MASK) == Mask.ONE) {
            allowed.add(random.nextInt(choice.of(WIDTH)));
        }
        return allowed;
    }
}
