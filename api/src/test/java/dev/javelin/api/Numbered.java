package dev.javelin.api;

import dev.javelin.api.Dim.Symbol;
import dev.javelin.api.Value.Kind;

/** Hands out values with ever new ids. */
final class Numbered {
    private int ids;

    Value tokens(String name, int... widths) {
        return result(name, Shape.rows(Symbol.TOKENS, widths));
    }

    Value outputs(String name, int... widths) {
        return result(name, Shape.rows(Symbol.OUTPUTS, widths));
    }

    Value result(String name, Shape shape) {
        return value(name, Kind.RESULT, Format.F32, shape);
    }

    Value indices(String name, Shape shape) {
        return value(name, Kind.RESULT, Format.I32, shape);
    }

    Value input(String name, Shape shape) {
        return value(name, Kind.INPUT, Format.F32, shape);
    }

    Value weight(String name, Format format, int... sizes) {
        return value(name, Kind.WEIGHT, format, Shape.of(sizes));
    }

    Value vector(String name, int size) {
        return weight(name, Format.F32, size);
    }

    Value value(String name, Kind kind, Format format, Shape shape) {
        return new Value(ids++, name, kind, format, shape);
    }
}
