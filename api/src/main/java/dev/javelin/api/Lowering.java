package dev.javelin.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a program into one in which a device supports every operation: neighbouring operations are fused as the device
 * likes, and fused operations that it does not know are replaced by their parts. Every backend calls it when it places
 * weights and when it prepares a plan, so both see the same operations.
 */
public final class Lowering {
    private final Predicate<Op> supported;
    private final Map<Value, Integer> readers = new HashMap<>();

    private Lowering(Program program, Predicate<Op> supported) {
        this.supported = supported;
        for (Op op : program.ops()) {
            for (Op part : flatten(op)) {
                part.reads().forEach(value -> readers.merge(value, 1, Integer::sum));
            }
        }
        program.outputs().forEach(output -> readers.merge(output.value(), 1, Integer::sum));
    }

    /**
     * The program in terms of what is supported.
     *
     * @param fusions what the device likes to do in one go, best first
     * @param supported pure, see {@link Device#supports}
     * @param device for the error, which names the operation that has neither a kernel nor parts
     * @throws UnsupportedOpException if there is such an operation
     */
    public static Program lower(Program program, List<Fusion> fusions, Predicate<Op> supported, String device) {
        Lowering lowering = new Lowering(program, supported);
        List<Op> ops = lowering.expand(program.ops());
        for (Fusion fusion : fusions) {
            ops = lowering.fuse(ops, fusion);
        }
        for (Op op : ops) {
            if (!supported.test(op)) {
                throw new UnsupportedOpException(op, device);
            }
        }
        return new Program(program.name(), ops, program.outputs());
    }

    /** Fused operations that are not supported become their parts, which the device may fuse in another way. */
    private List<Op> expand(List<Op> ops) {
        List<Op> expanded = new ArrayList<>();
        for (Op op : ops) {
            if (op instanceof FusedOp fused && !supported.test(fused)) {
                expanded.addAll(expand(fused.parts()));
            } else {
                expanded.add(op);
            }
        }
        return expanded;
    }

    private List<Op> fuse(List<Op> ops, Fusion fusion) {
        List<Op> fusedOps = new ArrayList<>();
        for (int at = 0; at < ops.size(); ) {
            FusedOp fused = fusion.match(ops, at);
            if (fused != null && closed(fused) && supported.test(fused)) {
                fusedOps.add(fused);
                at += fused.parts().size();
            } else {
                fusedOps.add(ops.get(at++));
            }
        }
        return fusedOps;
    }

    /** Whether nobody but its parts reads what is internal to the fused operation. */
    private boolean closed(FusedOp fused) {
        for (Value internal : fused.internals()) {
            int inside = 0;
            for (Op part : flatten(fused)) {
                inside += part.reads().contains(internal) ? 1 : 0;
            }
            @Nullable Integer all = readers.get(internal);
            if (all == null || all != inside) {
                return false;
            }
        }
        return true;
    }

    /** The plain operations that an operation consists of, itself if it is one. */
    static List<Op> flatten(Op op) {
        return op instanceof FusedOp fused
                ? fused.parts().stream().flatMap(part -> flatten(part).stream()).toList()
                : List.of(op);
    }
}
