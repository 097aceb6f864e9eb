package dev.javelin.api;

import java.util.List;

/** {@code out = activation(gate) · up}, all of one shape. */
public record Glu(Value out, Value gate, Value up, Activation activation) implements Op {
    public Glu {
        Operands.result("Glu", out, Format.F32);
        Operands.floats("Glu", gate, up);
        Operands.sameShape("Glu", out, gate);
        Operands.sameShape("Glu", out, up);
    }

    @Override
    public List<Value> reads() {
        return Operands.list(gate, up);
    }

    @Override
    public List<Value> writes() {
        return List.of(out);
    }
}
