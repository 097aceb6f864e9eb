package dev.javelin.conformance;

import dev.javelin.api.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a product may have besides its matrix. */
enum Extras {
    NONE,
    BIAS,
    SCALE,
    BOTH;

    static final Axis<Extras> AXIS = Axis.of("extras", List.of(values()));

    @Nullable
    Value bias(RowCase made, String name, int n) {
        return made.vectorIf(this == BIAS || this == BOTH, name, n, -30, 30);
    }

    @Nullable
    Value scale(RowCase made, String name) {
        return made.vectorIf(this == SCALE || this == BOTH, name, 1, 0.2, 0.6);
    }
}
