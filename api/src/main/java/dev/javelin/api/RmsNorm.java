package dev.javelin.api;

import java.util.List;

/**
 * {@code out = x / sqrt(mean(x²) + eps) · weight}, over each group of as many elements as the weight has: over the whole row
 * where the weight is as wide as the row, over each head where it is as wide as a head.
 *
 * @param out shape of {@code x}
 * @param x {@code [rows, groups · n]}
 * @param weight {@code [n]} F32
 */
public record RmsNorm(Value out, Value x, Value weight, float eps) implements Op {
    public RmsNorm {
        Operands.result("RmsNorm", out, Format.F32);
        Operands.floats("RmsNorm", x);
        Operands.rank("RmsNorm", x, 2);
        Operands.sameShape("RmsNorm", out, x);
        Operands.vector("RmsNorm", weight, weight.width());
        Check.that(
                x.width() % weight.width() == 0,
                "[RmsNorm] the weight must divide the row: x=%s, weight=%s",
                x,
                weight);
        Check.that(eps >= 0 && Float.isFinite(eps), "[RmsNorm] eps must be finite and not negative: eps=%s", eps);
    }

    /** Groups of a row that are normalised on their own. */
    public int groupsPerRow() {
        return x.width() / weight.width();
    }

    @Override
    public List<Value> reads() {
        return List.of(x, weight);
    }

    @Override
    public List<Value> writes() {
        return List.of(out);
    }
}
