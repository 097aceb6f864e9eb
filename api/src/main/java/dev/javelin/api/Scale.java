package dev.javelin.api;

import java.util.List;

/** {@code out = factor · x}, of one shape. */
public record Scale(Value out, Value x, float factor) implements Op {
    public Scale {
        Operands.result("Scale", out, Format.F32);
        Operands.floats("Scale", x);
        Operands.sameShape("Scale", out, x);
        Operands.finite("Scale", "factor", factor);
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
