package dev.javelin.api;

import java.util.List;

/** {@code out = activation(x)}, of one shape. */
public record Unary(Value out, Value x, Activation activation) implements Op {
    public Unary {
        Operands.result("Unary", out, Format.F32);
        Operands.floats("Unary", x);
        Operands.sameShape("Unary", out, x);
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
