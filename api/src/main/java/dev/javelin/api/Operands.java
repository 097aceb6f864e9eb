package dev.javelin.api;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules that operands of several operations have in common. */
final class Operands {
    private Operands() {}

    /** Those present, each once, in order. */
    static List<Value> list(@Nullable Value... values) {
        return Stream.of(values).filter(Objects::nonNull).distinct().toList();
    }

    static void result(String op, Value out, Format format) {
        Check.that(out.kind() == Value.Kind.RESULT, "[%s] writes a result: out=%s, kind=%s", op, out, out.kind());
        Check.that(out.format() == format, "[%s] writes %s: out=%s", op, format, out);
    }

    static void floats(String op, Value... values) {
        for (Value value : values) {
            Check.that(
                    value.format() == Format.F32 && !value.isWeight(),
                    "[%s] takes F32 activations: value=%s, kind=%s",
                    op,
                    value,
                    value.kind());
        }
    }

    static void sameShape(String op, Value a, Value b) {
        Check.that(a.shape().equals(b.shape()), "[%s] shapes must be equal: %s, %s", op, a, b);
    }

    static void sameRows(String op, Value a, Value b) {
        Check.that(a.rows().equals(b.rows()), "[%s] rows must be equal: %s, %s", op, a, b);
    }

    static void rank(String op, Value value, int rank) {
        Check.that(value.shape().rank() == rank, "[%s] needs %d dimensions: value=%s", op, rank, value);
    }

    /** A small F32 weight such as a bias, a norm or a scale. */
    static void vector(String op, @Nullable Value vector, int width) {
        if (vector != null) {
            Check.that(
                    vector.isWeight()
                            && vector.format() == Format.F32
                            && vector.shape().rank() == 1
                            && vector.width() == width,
                    "[%s] needs an F32 weight of %d: value=%s, kind=%s",
                    op,
                    width,
                    vector,
                    vector.kind());
        }
    }

    /** A weight whose shape the operation goes by. */
    static void weight(String op, Value weight) {
        Check.that(weight.isWeight(), "[%s] needs a weight: value=%s, kind=%s", op, weight, weight.kind());
    }

    /** A weight of the shape in any format that carries numbers to multiply with. */
    static void weight(String op, Value weight, int... sizes) {
        Check.that(
                weight.isWeight() && weight.shape().equals(Shape.of(sizes)),
                "[%s] needs a weight of shape %s: value=%s, kind=%s",
                op,
                Shape.of(sizes),
                weight,
                weight.kind());
        Check.that(
                !weight.format().storageOnly(),
                "[%s] cannot multiply with a storage-only format: value=%s",
                op,
                weight);
    }

    static void finite(String op, String name, double value) {
        Check.that(Double.isFinite(value), "[%s] %s must be finite: %s=%s", op, name, name, value);
    }
}
