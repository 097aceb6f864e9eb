package dev.javelin.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code out = scale · x Wᵀ + bias}.
 *
 * @param out {@code [rows, n]}
 * @param x {@code [rows, k]}
 * @param matrix {@code [n, k]}, any format
 * @param bias {@code [n]} F32
 * @param scale {@code [1]} F32, one factor for the whole matrix
 */
public record MatMul(
        Value out,
        Value x,
        Value matrix,
        @Nullable Value bias,
        @Nullable Value scale) implements Op {
    public MatMul {
        Operands.result("MatMul", out, Format.F32);
        Operands.floats("MatMul", x);
        Operands.rank("MatMul", out, 2);
        Operands.rank("MatMul", x, 2);
        Operands.sameRows("MatMul", out, x);
        Operands.weight("MatMul", matrix, out.width(), x.width());
        Operands.vector("MatMul", bias, out.width());
        Operands.vector("MatMul", scale, 1);
    }

    /** Without bias and scale. */
    public MatMul(Value out, Value x, Value matrix) {
        this(out, x, matrix, null, null);
    }

    @Override
    public List<Value> reads() {
        return Operands.list(x, matrix, bias, scale);
    }

    @Override
    public List<Value> writes() {
        return List.of(out);
    }
}
