package dev.javelin.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For each row and each of its chosen experts, the product with that expert's matrix, plus its bias. An index that stands for
 * no expert gives NaN.
 *
 * @param out {@code [rows, k, n]}
 * @param x {@code [rows, width]}, the same for all experts of a row, or {@code [rows, k, width]}, one for each
 * @param matrices {@code [experts, n, width]}, any format
 * @param experts {@code [rows, k]} I32, as {@link Route} writes it
 * @param bias {@code [experts, n]} F32
 */
public record ExpertMatMul(
        Value out,
        Value x,
        Value matrices,
        Value experts,
        @Nullable Value bias) implements Op {
    public ExpertMatMul {
        Operands.result("ExpertMatMul", out, Format.F32);
        Operands.floats("ExpertMatMul", x);
        Operands.rank("ExpertMatMul", out, 3);
        Operands.weight("ExpertMatMul", matrices);
        Operands.rank("ExpertMatMul", matrices, 3);
        Operands.rank("ExpertMatMul", experts, 2);
        Operands.sameRows("ExpertMatMul", out, x);
        Operands.sameRows("ExpertMatMul", out, experts);
        Check.that(experts.format() == Format.I32, "[ExpertMatMul] experts are indices: experts=%s", experts);
        Check.that(
                out.shape().size(1) == experts.width(),
                "[ExpertMatMul] one result for each chosen expert: out=%s, experts=%s",
                out,
                experts);
        Check.that(
                x.shape().rank() == 2 || (x.shape().rank() == 3 && x.shape().size(1) == experts.width()),
                "[ExpertMatMul] one x for all experts of a row or for each: x=%s, experts=%s",
                x,
                experts);
        Operands.weight(
                "ExpertMatMul",
                matrices,
                matrices.shape().size(0),
                out.shape().size(2),
                x.shape().size(x.shape().rank() - 1));
        if (bias != null) {
            Operands.weight(
                    "ExpertMatMul", bias, matrices.shape().size(0), out.shape().size(2));
            Check.that(bias.format() == Format.F32, "[ExpertMatMul] the bias is F32: bias=%s", bias);
        }
    }

    /** Whether each chosen expert of a row has an input of its own. */
    public boolean inputPerExpert() {
        return x.shape().rank() == 3;
    }

    @Override
    public List<Value> reads() {
        return Operands.list(x, matrices, experts, bias);
    }

    @Override
    public List<Value> writes() {
        return List.of(out);
    }
}
