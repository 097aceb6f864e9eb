package dev.javelin.conformance;

import dev.javelin.api.Activation;
import dev.javelin.api.Format;
import dev.javelin.api.Precision;
import java.util.List;
import java.util.stream.Stream;

/** Axes that several families have. */
final class Axes {

    /** Every format that weights can have. */
    static final Axis<Format> FORMAT = Axis.of(
            "format",
            Stream.of(Format.values()).filter(format -> !format.storageOnly()).toList());

    /** Awkward sizes: one, two, beside powers of two, large. */
    static final Axis<Integer> ROWS = Axis.of("rows", List.of(1, 2, 31, 33, 207, 1000));

    /** The same for what is multiplied with a matrix. */
    static final Axis<Integer> TOKENS = Axis.of("tokens", List.of(1, 2, 31, 33, 207, 1000));

    /** Length of a matrix row in blocks of its format. */
    static final Axis<Integer> BLOCKS = Axis.of("blocks", List.of(1, 2, 3, 7));

    static final Axis<Spread> SPREAD = Axis.drawn("spread", List.of(Spread.PLAIN, Spread.OUTLIERS, Spread.HUGE));

    static final Axis<Precision> PRECISION = Axis.of("precision", List.of(Precision.values()));

    static final Axis<RowsOf> ROWS_OF = Axis.drawn("of", List.of(RowsOf.values()));

    /** How much more the limits allow than a step has. */
    static final Axis<Integer> SLACK = Axis.drawn("slack", List.of(0, 5));

    static final Axis<Activation> ACTIVATION = Axis.of("activation", List.of(Activation.values()));

    /** Elements of a row for what is done element by element. */
    static final Axis<Integer> WIDTH = Axis.of("width", List.of(1, 31, 64, 207));

    /** More multiply-adds than this take a scalar oracle too long. */
    static final long MOST_WORK = 1L << 25;

    private Axes() {}

    /** None of them crossed with others in the full product. */
    static List<Axis<?>> drawn(Axis<?>... axes) {
        return Stream.of(axes).<Axis<?>>map(Axis::drawn).toList();
    }

    static List<Axis<?>> and(List<Axis<?>> axes, Axis<?>... more) {
        return and(axes, List.of(more));
    }

    static List<Axis<?>> and(List<Axis<?>> axes, List<Axis<?>> more) {
        return Stream.concat(axes.stream(), more.stream()).toList();
    }

    /** Columns of a matrix with rows of so many blocks; formats without blocks count 32 elements as one. */
    static int columns(Format format, int blocks) {
        return Math.max(32, format.blockLength()) * blocks;
    }
}
