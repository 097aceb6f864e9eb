package dev.javelin.runtime.model;

import dev.javelin.api.Activation;
import dev.javelin.api.RopeSpec;
import dev.javelin.runtime.gguf.GgufMetadata;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The families of models that there are, by the name of their architecture. */
final class Families {
    private static final Map<String, Function<Hyperparameters, Architecture>> ALL = new TreeMap<>(Map.of(
            "llama",
            file -> Llama.of(file, RopeSpec.Order.NEIGHBOURS),
            "qwen2",
            file -> Llama.of(file, RopeSpec.Order.HALVES),
            "qwen3",
            Qwen3::dense,
            "qwen3moe",
            Qwen3::withExperts,
            "phi3",
            Phi3::of,
            "gemma2",
            Gemma2::of,
            "gemma3",
            Gemma3::of,
            "bitnet",
            file -> BitNet.of(file, Activation.SILU),
            "bitnet-b1.58",
            file -> BitNet.of(file, Activation.RELU_SQUARED),
            "bitnet-25",
            file -> BitNet.of(file, Activation.RELU_SQUARED)));

    private Families() {}

    /**
     * What the metadata describe.
     *
     * @throws ModelException if the architecture is none of ours, or something it needs is missing
     */
    static Architecture read(GgufMetadata metadata) {
        String name = metadata.string("general.architecture");
        @Nullable Function<Hyperparameters, Architecture> family = ALL.get(name);
        if (family == null) {
            throw ModelException.of(
                    "the architecture is not known: general.architecture=%s, known=%s, file=%s",
                    name, ALL.keySet(), metadata.file());
        }
        return family.apply(new Hyperparameters(name, metadata));
    }
}
