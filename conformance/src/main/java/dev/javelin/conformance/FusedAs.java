package dev.javelin.conformance;

import dev.javelin.api.Program;
import java.util.List;

/** How a fused operation is handed to a device. */
enum FusedAs {
    /** As itself; a device without a kernel runs its parts. */
    ONE,
    /** As its parts, one after the other; a device may put them together. */
    PARTS;

    static final Axis<FusedAs> AXIS = Axis.of("as", List.of(values()));

    Program of(Program fused) {
        return this == ONE ? fused : new Program(fused.name(), Programs.flat(fused), fused.outputs());
    }
}
