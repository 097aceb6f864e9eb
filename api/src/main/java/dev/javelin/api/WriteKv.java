package dev.javelin.api;

import java.util.List;

/**
 * Keeps keys and values of the new tokens, at the place that the block tables of the step give for each token's KV index.
 *
 * @param k {@code [TOKENS, kvHeads · keySize]}
 * @param v {@code [TOKENS, kvHeads · valueSize]}
 * @param layer index of the layer within the group
 */
public record WriteKv(Value k, Value v, KvGroup group, int layer) implements Op {
    public WriteKv {
        Operands.floats("WriteKv", k, v);
        Attention.checkLayer("WriteKv", group, layer);
        Check.that(
                k.shape().equals(Shape.rows(Dim.Symbol.TOKENS, group.kvHeads() * group.keySize())),
                "[WriteKv] keys must be kvHeads x keySize a token: k=%s, group=%s",
                k,
                group);
        Check.that(
                v.shape().equals(Shape.rows(Dim.Symbol.TOKENS, group.kvHeads() * group.valueSize())),
                "[WriteKv] values must be kvHeads x valueSize a token: v=%s, group=%s",
                v,
                group);
    }

    @Override
    public List<Value> reads() {
        return Operands.list(k, v);
    }

    @Override
    public List<Value> writes() {
        return List.of();
    }

    @Override
    public List<StateGroup> groups() {
        return List.of(group);
    }
}
