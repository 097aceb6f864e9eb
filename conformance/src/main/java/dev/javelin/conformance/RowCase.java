package dev.javelin.conformance;

import dev.javelin.api.Format;
import dev.javelin.api.Limits;
import dev.javelin.api.Op;
import dev.javelin.api.Program;
import dev.javelin.api.Shape;
import dev.javelin.api.Value;
import dev.javelin.api.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts together a case of operations on rows that keep no state: what the rows stand for, how much the limits allow, precision
 * and setting come from the choice. For one thread.
 */
final class RowCase {

    /** The axes that the choice must have. */
    static final List<Axis<?>> AXES_DRAWN = Axes.drawn(Axes.PRECISION, Axes.ROWS_OF, Axes.SLACK, Setting.AXIS);

    /** The axes that the choice must have, precision crossed with others in the full product. */
    static final List<Axis<?>> AXES = List.of(Axes.PRECISION, Axes.ROWS_OF, Axes.SLACK, Setting.AXIS);

    private final String family;
    private final String name;
    private final Choice choice;
    private final Draw draw;
    private final RowsOf of;
    private final int rows;
    private final Limits limits;
    private final Program.Builder program;
    private final List<Consumer<Contents>> fills = new ArrayList<>();

    RowCase(CaseFamily family, Choice choice, String name, long seed, int rows) {
        this(family, choice, name, seed, rows, choice.of(Axes.ROWS_OF));
    }

    RowCase(CaseFamily family, Choice choice, String name, long seed, int rows, RowsOf of) {
        this.family = family.operation();
        this.name = name;
        this.choice = choice;
        this.draw = new Draw(seed, name);
        this.of = of;
        this.rows = rows;
        this.limits = of.limits(rows, choice.of(Axes.SLACK));
        this.program = Program.builder(family.operation());
    }

    /** An F32 input with random numbers. */
    Value input(String what, Spread spread, int... widths) {
        Value input = program.input(what, Format.F32, Shape.rows(of.dim(rows), widths));
        fills.add(contents ->
                draw.input(contents, input, spread, rows, input.shape().most(limits)));
        return input;
    }

    /** An F32 input whose rows the caller fills; what is behind them is NaN. */
    Value input(String what, int width, RowFiller filler) {
        Value input = program.input(what, Format.F32, Shape.rows(of.dim(rows), width));
        fills.add(contents -> {
            float[] values = new float[Math.toIntExact(input.shape().most(limits))];
            java.util.Arrays.fill(values, Float.NaN);
            for (int row = 0; row < rows; row++) {
                filler.fill(contents, row, values, row * width);
            }
            contents.floats.put(what, values);
        });
        return input;
    }

    /** Writes one row of an input. */
    @FunctionalInterface
    interface RowFiller {
        void fill(Contents contents, int row, float[] to, int at);
    }

    /** Different indices below {@code bound} in each row. */
    Value indices(String what, int width, int bound) {
        Value input = program.input(what, Format.I32, Shape.rows(of.dim(rows), width));
        fills.add(contents -> {
            var random = draw.random(what);
            int[] values = new int[Math.toIntExact(input.shape().most(limits))];
            for (int row = 0; row < rows; row++) {
                List<Integer> all = new ArrayList<>();
                for (int i = 0; i < bound; i++) {
                    all.add(random.nextInt(i + 1), i);
                }
                for (int i = 0; i < width; i++) {
                    values[row * width + i] = all.get(i);
                }
            }
            contents.ints.put(what, values);
        });
        return input;
    }

    /** A weight with random numbers. */
    Value weight(String what, Format format, int... sizes) {
        Value weight = program.weight(what, format, Shape.of(sizes));
        fills.add(contents -> draw.weight(contents, weight));
        return weight;
    }

    /** An F32 weight with numbers between the bounds. */
    Value vector(String what, int size, double least, double most) {
        return vector(what, Shape.of(size), least, most);
    }

    /** An F32 weight with numbers between the bounds. */
    Value vector(String what, Shape shape, double least, double most) {
        Value weight = program.weight(what, Format.F32, shape);
        fills.add(contents -> draw.vector(contents, weight, least, most));
        return weight;
    }

    /** Nothing where there shall be none. */
    @Nullable
    Value vectorIf(boolean present, String what, int size, double least, double most) {
        return present ? vector(what, size, least, most) : null;
    }

    /** Nothing where there are no factors. */
    @Nullable
    Value factors(String what, double @Nullable [] values) {
        return values == null ? null : vector(what, values);
    }

    /** An F32 weight with these numbers. */
    Value vector(String what, double[] values) {
        Value weight = program.weight(what, Format.F32, Shape.of(values.length));
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        fills.add(contents -> contents.weights.put(what, Draw.bytes(floats)));
        return weight;
    }

    Value result(String what, int... widths) {
        return program.result(what, Shape.rows(of.dim(rows), widths));
    }

    /** A result of ids, {@code width} of them in each row, or one of rank 1 where that is 0. */
    Value resultIndices(String what, int width) {
        return program.indices(what, width == 0 ? new Shape(List.of(of.dim(rows))) : Shape.rows(of.dim(rows), width));
    }

    RowCase add(Op op) {
        program.add(op);
        return this;
    }

    RowCase output(Value... values) {
        for (Value value : values) {
            program.output(value);
        }
        return this;
    }

    /** Wanted by rows, or always where that is null. */
    RowCase output(Value value, @Nullable Want want) {
        if (want == null) {
            program.output(value);
        } else {
            program.output(value, want);
        }
        return this;
    }

    Draw draw() {
        return draw;
    }

    Case build() {
        return build(of.turn(rows), limits);
    }

    /** With another turn than the plain one. */
    Case build(Turn turn, Limits most) {
        return builder(program.build(), most).turns(List.of(turn)).build();
    }

    /** A case of a fused operation, given as such or as the plain operations that a device may fuse by itself. */
    Case build(FusedAs given) {
        Program fused = program.build();
        return builder(given.of(fused), limits)
                .parts(Programs.unfusable(fused))
                .turns(List.of(of.turn(rows)))
                .build();
    }

    private Case.Builder builder(Program made, Limits most) {
        return Case.builder(family, name, draw.seed(), made)
                .limits(most)
                .precision(choice.of(Axes.PRECISION))
                .setting(choice.of(Setting.AXIS))
                .contents(() -> {
                    Contents contents = new Contents();
                    fills.forEach(fill -> fill.accept(contents));
                    return contents;
                });
    }
}
