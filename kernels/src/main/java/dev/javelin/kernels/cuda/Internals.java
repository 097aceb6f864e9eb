package dev.javelin.kernels.cuda;

import dev.javelin.api.FusedOp;
import dev.javelin.api.Limits;
import dev.javelin.api.Value;
import dev.javelin.kernels.gpu.Arg;
import dev.javelin.kernels.gpu.Launch;
import java.util.List;

/**
 * Where the parts of a fused operation keep what passes between them: each value in a piece of scratch memory of its own.
 *
 * @param values internal to the operation
 */
record Internals(List<Value> values) {

    static Internals of(FusedOp op) {
        return new Internals(op.internals());
    }

    /** Bytes of each piece. */
    List<Long> bytes(Limits limits) {
        return values.stream().map(value -> value.bytes(limits)).toList();
    }

    /** Where a value is, if it is internal or not. */
    Arg place(Value value) {
        int piece = values.indexOf(value);
        return piece < 0 ? new Arg.Operand(value) : new Arg.Scratch(piece);
    }

    /** The launch of a part, whose own scratch memory comes behind. */
    Launch placed(Launch launch) {
        List<Arg> args = launch.args().stream()
                .map(this::placed)
                .toList();
        return new Launch(launch.kernel(), args, launch.grid(), launch.span());
    }

    private Arg placed(Arg arg) {
        return switch (arg) {
            case Arg.Operand(Value value) -> place(value);
            case Arg.Scratch(int piece) -> new Arg.Scratch(values.size() + piece);
            default -> arg;
        };
    }
}
