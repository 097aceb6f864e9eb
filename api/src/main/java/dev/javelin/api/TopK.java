package dev.javelin.api;

import java.util.List;

/**
 * The {@code k} largest elements of each row and their indices, largest first; of equal ones the lowest index first. NaN counts
 * as negative infinity.
 *
 * <p>Where rows are outputs, the step's biases are added first, in F32 and in their order (the values then hold the sums), and
 * what its masks forbid counts as negative infinity.
 *
 * @param ids {@code [rows, k]} I32
 * @param values {@code [rows, k]}
 * @param x {@code [rows, n]}
 */
public record TopK(Value ids, Value values, Value x) implements Op {
    public TopK {
        Operands.result("TopK", ids, Format.I32);
        Operands.result("TopK", values, Format.F32);
        Operands.floats("TopK", x);
        Operands.rank("TopK", x, 2);
        Operands.rank("TopK", ids, 2);
        Operands.sameShape("TopK", ids, values);
        Operands.sameRows("TopK", ids, x);
        Check.that(ids.width() <= x.width(), "[TopK] k must not exceed the row: ids=%s, x=%s", ids, x);
    }

    public int k() {
        return ids.width();
    }

    @Override
    public List<Value> reads() {
        return List.of(x);
    }

    @Override
    public List<Value> writes() {
        return List.of(ids, values);
    }
}
