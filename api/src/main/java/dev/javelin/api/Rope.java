package dev.javelin.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rotary position embedding of every head of every new token, by the token's position in the step.
 *
 * @param out shape of {@code x}
 * @param x {@code [TOKENS, heads · headSize]}
 * @param factors {@code [dims/2]} F32, divides the frequencies
 */
public record Rope(
        Value out,
        Value x,
        int headSize,
        RopeSpec spec,
        @Nullable Value factors) implements Op {
    public Rope {
        Operands.result("Rope", out, Format.F32);
        Operands.floats("Rope", x);
        Operands.rank("Rope", x, 2);
        Operands.sameShape("Rope", out, x);
        Check.that(x.rows() == Dim.Symbol.TOKENS, "[Rope] turns tokens: x=%s", x);
        Check.that(
                headSize > 0 && x.width() % headSize == 0,
                "[Rope] headSize must divide the row: headSize=%d, x=%s",
                headSize,
                x);
        Check.that(
                spec.dims() <= headSize,
                "[Rope] cannot turn more than a head: dims=%d, headSize=%d",
                spec.dims(),
                headSize);
        Operands.vector("Rope", factors, spec.dims() / 2);
    }

    public int heads() {
        return x.width() / headSize;
    }

    @Override
    public List<Value> reads() {
        return Operands.list(x, factors);
    }

    @Override
    public List<Value> writes() {
        return List.of(out);
    }
}
