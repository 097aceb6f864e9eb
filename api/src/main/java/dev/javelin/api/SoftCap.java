package dev.javelin.api;

import java.util.List;

/** {@code out = cap · tanh(x / cap)}, of one shape. */
public record SoftCap(Value out, Value x, float cap) implements Op {
    public SoftCap {
        Operands.result("SoftCap", out, Format.F32);
        Operands.floats("SoftCap", x);
        Operands.sameShape("SoftCap", out, x);
        Check.that(cap > 0 && Float.isFinite(cap), "[SoftCap] cap must be positive and finite: cap=%s", cap);
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
