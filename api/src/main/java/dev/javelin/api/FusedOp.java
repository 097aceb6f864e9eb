package dev.javelin.api;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Several operations that a device may do in one go. It carries them as its {@link #parts() parts}, so whoever has no kernel
 * for it runs those instead, with the same result.
 *
 * <p>What the parts hand to each other is {@link #internals() internal}: nobody else may read it, and it gets memory only
 * where the parts are run one by one.
 */
public sealed interface FusedOp extends Op permits AddRmsNorm, AttentionInput, MatMulAdd, NormGateUpGlu {

    /** The same work as plain operations, in the order in which they must run. */
    List<Op> parts();

    /** Values that pass between the parts and are of no use to others. */
    default List<Value> internals() {
        List<Value> internals = new ArrayList<>(parts().stream()
                .flatMap(part -> part.writes().stream())
                .distinct()
                .toList());
        internals.removeAll(writes());
        return List.copyOf(internals);
    }

    @Override
    default List<Value> reads() {
        Set<Value> reads = new LinkedHashSet<>();
        Set<Value> written = new LinkedHashSet<>();
        for (Op part : parts()) {
            part.reads().stream().filter(value -> !written.contains(value)).forEach(reads::add);
            written.addAll(part.writes());
        }
        return List.copyOf(reads);
    }

    @Override
    default List<StateGroup> groups() {
        return parts().stream()
                .flatMap(part -> part.groups().stream())
                .distinct()
                .toList();
    }

    /** The operations that are present, in order. */
    static List<Op> present(@Nullable Op... ops) {
        return Stream.of(ops).filter(Objects::nonNull).toList();
    }
}
