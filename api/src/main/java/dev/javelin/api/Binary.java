package dev.javelin.api;

import java.util.List;

/**
 * {@code out = a + b} or {@code a · b}, element by element.
 *
 * @param b of the shape of {@code a}, or one row ({@code [width]}, an F32 weight) for all rows of {@code a}
 */
public record Binary(Value out, Kind kind, Value a, Value b) implements Op {

    /** What is done to each pair. */
    public enum Kind {
        ADD,
        MULTIPLY
    }

    public Binary {
        Operands.result("Binary", out, Format.F32);
        Operands.floats("Binary", a);
        Operands.sameShape("Binary", out, a);
        if (b.isWeight()) {
            Operands.vector("Binary", b, a.width());
        } else {
            Operands.floats("Binary", b);
            Operands.sameShape("Binary", a, b);
        }
    }

    /** Whether one row of {@code b} serves all rows of {@code a}. */
    public boolean broadcast() {
        return b.isWeight();
    }

    @Override
    public List<Value> reads() {
        return Operands.list(a, b);
    }

    @Override
    public List<Value> writes() {
        return List.of(out);
    }
}
