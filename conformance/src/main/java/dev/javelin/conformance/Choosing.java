package dev.javelin.conformance;

import dev.javelin.api.Limits;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import dev.javelin.conformance.Turn.Bias;
import dev.javelin.conformance.Turn.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What cases of {@code ArgMax} and {@code TopK} have in common: numbers with ties and NaN, masks, biases. */
final class Choosing {

    /** What there is to choose from. */
    enum Numbers {
        DIFFERENT,
        /** Different only in F32. */
        CLOSE,
        /** Small whole numbers, so that many are equal, zeros of both signs among them. */
        EQUAL,
        /** With NaN and both infinities. */
        SPECIAL,
        /** Nothing but NaN. */
        NAN;

        float next(SplittableRandom random) {
            return switch (this) {
                case DIFFERENT -> (float) (random.nextGaussian() * 10);
                case CLOSE -> 100 + (float) (random.nextGaussian() * 0.01);
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

    /** What the step says about rows. */
    enum Wishes {
        NONE(false, 1),
        BIASED(true, 1),
        HALF_ALLOWED(false, 0.5),
        FEW_ALLOWED(false, 0.05),
        NOTHING_ALLOWED(false, 0),
        BIASED_HALF_ALLOWED(true, 0.5);

        final boolean biased;
        final double allowed;

        Wishes(boolean biased, double allowed) {
            this.biased = biased;
            this.allowed = allowed;
        }

        boolean masked() {
            return allowed < 1;
        }
    }

    static final Axis<Numbers> NUMBERS = Axis.of("numbers", List.of(Numbers.values()));
    static final Axis<Wishes> WISHES = Axis.of("wishes", List.of(Wishes.values()));
    static final Axis<Integer> ROWS = Axis.of("rows", List.of(1, 2, 31, 33));
    static final Axis<Integer> WIDTH = Axis.of("width", List.of(1, 2, 31, 33, 207, 1000));
    static final List<Axis<?>> AXES = Axes.and(RowCase.AXES, NUMBERS, WISHES, ROWS, WIDTH);

    private static final int BIASES = 4;

    private Choosing() {}

    /** Masks and biases belong to output rows. */
    static boolean allowed(Choice choice) {
        return choice.of(Axes.ROWS_OF) == RowsOf.OUTPUTS || choice.of(WISHES) == Wishes.NONE;
    }

    static Value input(RowCase made, Choice choice) {
        int width = choice.of(WIDTH);
        return made.input(
                "x",
                width,
                (contents, row, to, at) -> System.arraycopy(row(made.draw(), choice, row), 0, to, at, width));
    }

    /** Declares an output, of output rows as one that a step may want. */
    static void output(RowCase made, Choice choice, Value value, Want want) {
        made.output(value, choice.of(Axes.ROWS_OF) == RowsOf.OUTPUTS ? want : null);
    }

    private static float[] row(Draw draw, Choice choice, int row) {
        SplittableRandom random = draw.random("x" + row);
        float[] numbers = new float[choice.of(WIDTH)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = choice.of(NUMBERS).next(random);
        }
        return numbers;
    }

    /** Finishes the case with masks and biases. */
    static Case build(RowCase made, Choice choice) {
        int rows = choice.of(ROWS);
        RowsOf of = choice.of(Axes.ROWS_OF);
        Wishes wishes = choice.of(WISHES);
        Turn plain = of.turn(rows);
        List<Wanted> wanted = new ArrayList<>();
        for (int row = 0; row < plain.wanted().size(); row++) {
            SplittableRandom random = made.draw().random("wanted" + row);
            wanted.add(new Wanted(
                    plain.wanted().get(row).token(),
                    wants(row),
                    allowed(wishes, row, choice.of(WIDTH), random),
                    wishes.biased ? biases(row(made.draw(), choice, row), random) : List.of()));
        }
        Limits limits = of.limits(rows, choice.of(Axes.SLACK));
        return made.build(
                Turn.of(plain.parts(), wanted),
                limits.with(new Limits.Extras(
                        0,
                        wishes.masked() ? choice.of(WIDTH) : 0,
                        wishes.biased ? limits.outputs() * BIASES : 0,
                        false)));
    }

    /** Both in most rows, with another wish beside; of some rows only one of them. */
    private static int wants(int row) {
        return switch (row % 4) {
            case 1 -> Want.bits(Want.LOGITS, Want.TOP_K);
            case 2 -> Want.bits(Want.HIDDEN, Want.ID);
            default -> Want.bits(Want.LOGITS, Want.TOP_K, Want.ID);
        };
    }

    /** What may be chosen; every third row has no mask. */
    private static @Nullable List<Integer> allowed(Wishes wishes, int row, int width, SplittableRandom random) {
        if (!wishes.masked() || row % 3 == 1) {
            return null;
        }
        return IntStream.range(0, width)
                .filter(id -> random.nextDouble() < wishes.allowed)
                .boxed()
                .toList();
    }

    /** Two biases that only together bring the largest number below the next one, and others anywhere. */
    private static List<Bias> biases(float[] row, SplittableRandom random) {
        int first = 0;
        for (int i = 0; i < row.length; i++) {
            first = row[i] > row[first] || Float.isNaN(row[first]) ? i : first;
        }
        float second = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < row.length; i++) {
            second = i == first ? second : Math.max(second, Float.isNaN(row[i]) ? second : row[i]);
        }
        float gap = row[first] - second;
        float bias = Float.isFinite(gap) ? -0.6f * gap - 0.001f : -1;
        return List.of(
                new Bias(random.nextInt(row.length), (float) random.nextGaussian()),
                new Bias(first, bias),
                new Bias(first, bias),
                new Bias(random.nextInt(row.length), (float) random.nextGaussian()));
    }
}
