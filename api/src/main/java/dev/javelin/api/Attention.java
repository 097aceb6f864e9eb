package dev.javelin.api;

import java.util.List;

/**
 * Softmax attention of the new tokens over all kept keys and values of their sequence, their own included (so it comes after
 * {@link WriteKv} of the same layer).
 *
 * <p>A token with KV index {@code i} sees index {@code j} if {@code j <= i} and, in a group with a window, {@code i - j <
 * window}. Where the step has a visibility mask, that takes the place of {@code j <= i} among the new tokens of the sequence.
 * The score of a pair is {@code scale · q·k}, or {@code softCap · tanh(scale · q·k / softCap)}. Query head {@code h} uses KV
 * head {@code h · kvHeads / heads}.
 *
 * @param out {@code [TOKENS, heads · valueSize]}
 * @param q {@code [TOKENS, heads · keySize]}
 * @param layer index of the layer within the group
 * @param softCap 0 for none
 */
public record Attention(Value out, Value q, KvGroup group, int layer, float scale, float softCap) implements Op {
    public Attention {
        Operands.result("Attention", out, Format.F32);
        Operands.floats("Attention", q);
        checkLayer("Attention", group, layer);
        Operands.rank("Attention", q, 2);
        Check.that(
                q.rows() == Dim.Symbol.TOKENS && q.width() % (group.keySize() * group.kvHeads()) == 0,
                "[Attention] queries must be a multiple of kvHeads x keySize a token: q=%s, group=%s",
                q,
                group);
        int heads = q.width() / group.keySize();
        Check.that(
                out.shape().rank() == 2
                        && out.rows() == Dim.Symbol.TOKENS
                        && out.width() == (long) heads * group.valueSize(),
                "[Attention] the result must be heads x valueSize a token: out=%s, heads=%d, group=%s",
                out,
                heads,
                group);
        Operands.finite("Attention", "scale", scale);
        Check.that(
                softCap >= 0 && Float.isFinite(softCap),
                "[Attention] softCap must be finite and not negative: softCap=%s",
                softCap);
    }

    static void checkLayer(String op, KvGroup group, int layer) {
        Check.that(
                layer >= 0 && layer < group.layers(),
                "[%s] layer must lie within the group: layer=%d, group=%s",
                op,
                layer,
                group);
    }

    /** Query heads. */
    public int heads() {
        return q.width() / group.keySize();
    }

    @Override
    public List<Value> reads() {
        return List.of(q);
    }

    @Override
    public List<Value> writes() {
        return List.of(out);
    }

    @Override
    public List<StateGroup> groups() {
        return List.of(group);
    }
}
