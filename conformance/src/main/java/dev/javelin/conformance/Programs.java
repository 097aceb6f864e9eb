package dev.javelin.conformance;

import dev.javelin.api.FusedOp;
import dev.javelin.api.Op;
import dev.javelin.api.Program;
import dev.javelin.api.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the kit asks of programs. */
final class Programs {

    private Programs() {}

    /** All operations in order, fused ones as their parts. */
    static List<Op> flat(Program program) {
        return program.ops().stream().flatMap(Programs::flat).toList();
    }

    static Stream<Op> flat(Op op) {
        return op instanceof FusedOp fused ? fused.parts().stream().flatMap(Programs::flat) : Stream.of(op);
    }

    /** The same work, but no device can fuse any of it: each operation's result is an output, so others than its parts read it. */
    static Program unfusable(Program program) {
        List<Op> ops = flat(program);
        List<dev.javelin.api.Output> outputs = new ArrayList<>(program.outputs());
        for (Op op : ops) {
            for (Value value : op.writes()) {
                boolean known = outputs.stream()
                        .anyMatch(output -> output.value().name().equals(value.name()));
                if (!known) {
                    outputs.add(new dev.javelin.api.Output(value, null));
                }
            }
        }
        return new Program(program.name() + ", part by part", ops, outputs);
    }
}
