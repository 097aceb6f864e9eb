package dev.javelin.api;

import java.util.List;

/**
 * The experts' results of each row, weighted by their shares and added up in the order of choice.
 *
 * @param out {@code [rows, n]}
 * @param x {@code [rows, k, n]}
 * @param shares {@code [rows, k]}
 */
public record ExpertSum(Value out, Value x, Value shares) implements Op {
    public ExpertSum {
        Operands.result("ExpertSum", out, Format.F32);
        Operands.floats("ExpertSum", x, shares);
        Operands.rank("ExpertSum", out, 2);
        Operands.rank("ExpertSum", x, 3);
        Operands.rank("ExpertSum", shares, 2);
        Operands.sameRows("ExpertSum", out, x);
        Operands.sameRows("ExpertSum", out, shares);
        Check.that(
                x.shape().size(1) == shares.width() && x.shape().size(2) == out.width(),
                "[ExpertSum] needs k results of n: out=%s, x=%s, shares=%s",
                out,
                x,
                shares);
    }

    @Override
    public List<Value> reads() {
        return List.of(x, shares);
    }

    @Override
    public List<Value> writes() {
        return List.of(out);
    }
}
