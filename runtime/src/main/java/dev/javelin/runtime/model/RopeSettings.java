package dev.javelin.runtime.model;

import dev.javelin.api.RopeSpec;
import dev.javelin.api.RopeSpec.Order;
import dev.javelin.api.RopeSpec.Yarn;

/** How a file says that positions are scaled. */
final class RopeSettings {

    private RopeSettings() {}

    /** The rotation by the keys {@code rope.…} of a file. */
    static RopeSpec read(Hyperparameters file, Order order, int headSize) {
        int dims = file.count("rope.dimension_count", headSize);
        double base = file.number("rope.freq_base", 10_000);
        String type = file.text("rope.scaling.type", "linear");
        double factor = file.number("rope.scaling.factor", file.number("rope.scale_linear", 0));
        double scale = factor == 0 ? 1 : 1 / factor; // zero is how files say none
        float magnitude = (float) file.number("rope.scaling.attn_factor", 1);
        return switch (type) {
            case "none" -> new RopeSpec(order, dims, base, 1, magnitude, null);
            case "linear", "longrope" -> new RopeSpec(order, dims, base, scale, magnitude, null);
            case "yarn" -> new RopeSpec(order, dims, base, scale, magnitude, yarn(file));
            default ->
                throw ModelException.of(
                        "the scaling of positions must be one of none, linear, longrope, yarn: %s=%s, file=%s",
                        file.key("rope.scaling.type"), type, file.metadata().file());
        };
    }

    private static Yarn yarn(Hyperparameters file) {
        return new Yarn(
                (float) file.number("rope.scaling.yarn_ext_factor", 1),
                (float) file.number("rope.scaling.yarn_beta_fast", 32),
                (float) file.number("rope.scaling.yarn_beta_slow", 1),
                file.count("rope.scaling.original_context_length", file.count("context_length")));
    }
}
