package dev.javelin.api;

import java.util.List;

/**
 * One row of the table for each new token, multiplied by {@code scale}.
 *
 * <p>The step says for each token whether it is an id, the id that a row of the previous run chose, or an embedding row that
 * the step carries; such a row is copied as it is, not scaled. An id that a run chose and the table lacks gives a row of NaN.
 *
 * @param out {@code [TOKENS, width]}
 * @param table {@code [vocabulary, width]}, any format
 */
public record Embed(Value out, Value table, float scale) implements Op {
    public Embed {
        Operands.result("Embed", out, Format.F32);
        Operands.rank("Embed", out, 2);
        Operands.weight("Embed", table);
        Operands.rank("Embed", table, 2);
        Check.that(out.rows() == Dim.Symbol.TOKENS, "[Embed] writes one row a token: out=%s", out);
        Operands.weight("Embed", table, table.shape().size(0), out.width());
        Operands.finite("Embed", "scale", scale);
    }

    @Override
    public List<Value> reads() {
        return List.of(table);
    }

    @Override
    public List<Value> writes() {
        return List.of(out);
    }
}
