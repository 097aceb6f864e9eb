package dev.javelin.api;

import java.util.List;

/**
 * The rows of the tokens for which the step wants something, in the order in which it wants them.
 *
 * @param out {@code [OUTPUTS, width]}
 * @param x {@code [TOKENS, width]}
 */
public record Rows(Value out, Value x) implements Op {
    public Rows {
        Operands.result("Rows", out, Format.F32);
        Operands.floats("Rows", x);
        Operands.rank("Rows", x, 2);
        Check.that(
                x.rows() == Dim.Symbol.TOKENS && out.shape().equals(Shape.rows(Dim.Symbol.OUTPUTS, x.width())),
                "[Rows] takes rows of tokens to rows of outputs: out=%s, x=%s",
                out,
                x);
    }

    @Override
    public List<Value> reads() {
        return List.of(x);
    }

    @Override
    public List<Value> writes() {
        return List.of(out);
    }
}
