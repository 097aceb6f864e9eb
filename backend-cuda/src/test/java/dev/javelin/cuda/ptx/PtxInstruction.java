package dev.javelin.cuda.ptx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instruction as written.
 *
 * @param guard the predicate before it
 * @param negated whether it runs where the guard is false
 */
record PtxInstruction(
        int line,
        Operand.@Nullable Register guard,
        boolean negated,
        String opcode,
        List<String> modifiers,
        List<Operand> operands) {

    String name() {
        return modifiers.isEmpty() ? opcode : opcode + "." + String.join(".", modifiers);
    }
}
