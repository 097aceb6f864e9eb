package dev.javelin.api;

import java.util.List;

/**
 * The index of the largest element of each row; of equal ones the lowest. NaN is never the largest; a row with nothing to
 * choose from gives 0.
 *
 * <p>Where rows are outputs, the step's biases are added first, in F32 and in their order, and only what its masks allow is
 * looked at.
 *
 * @param out {@code [rows]} I32
 * @param x {@code [rows, n]}
 */
public record ArgMax(Value out, Value x) implements Op {
    public ArgMax {
        Operands.result("ArgMax", out, Format.I32);
        Operands.floats("ArgMax", x);
        Operands.rank("ArgMax", x, 2);
        Operands.rank("ArgMax", out, 1);
        Check.that(
                out.shape().dims().getFirst().equals(x.rows()), "[ArgMax] gives one index a row: out=%s, x=%s", out, x);
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
