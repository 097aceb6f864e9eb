package dev.javelin.kernels.device;

import dev.javelin.api.Embed;
import dev.javelin.api.ExpertMatMul;
import dev.javelin.api.FusedOp;
import dev.javelin.api.MatMul;
import dev.javelin.api.Op;
import dev.javelin.api.Program;
import dev.javelin.api.Value;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What programs do with a weight, which decides the form in which it is kept. One weight may have several uses. */
public enum WeightUse {
    /** Single rows are read. */
    GATHER,
    /** Multiplied with, row by row. */
    MULTIPLY,
    /** A stack of matrices of which some are multiplied with. */
    EXPERTS,
    /** Read element by element: norms, biases, factors. */
    VECTOR;

    /** The uses of each weight by name. */
    public static Map<String, Set<WeightUse>> of(Collection<Program> programs) {
        Map<String, Set<WeightUse>> uses = new LinkedHashMap<>();
        for (Program program : programs) {
            program.ops().forEach(op -> collect(op, uses));
        }
        return uses;
    }

    private static void collect(Op op, Map<String, Set<WeightUse>> uses) {
        if (op instanceof FusedOp fused) {
            fused.parts().forEach(part -> collect(part, uses));
            return;
        }
        for (Value weight : op.weights()) {
            uses.computeIfAbsent(weight.name(), name -> EnumSet.noneOf(WeightUse.class))
                    .add(use(op, weight));
        }
    }

    private static WeightUse use(Op op, Value weight) {
        return switch (op) {
            case Embed embed when embed.table().equals(weight) -> GATHER;
            case MatMul product when product.matrix().equals(weight) -> MULTIPLY;
            case ExpertMatMul product when product.matrices().equals(weight) -> EXPERTS;
            default -> VECTOR;
        };
    }
}
