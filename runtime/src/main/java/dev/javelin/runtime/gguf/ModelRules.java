package dev.javelin.runtime.gguf;

import dev.javelin.api.Format;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

// SEE NOTE-FROM-FOUNDER.txt in this folder before going on with this class.
/** What a readable file must have to be a model, one rule after another. Rules that build on a broken one are left out. */
final class ModelRules {

    /** Faults that are told; a file with more of them is not understood better by them. */
    static final int MOST_FAULTS = 100;

    private static final String ARCHITECTURE = "general.architecture";
    private static final String TOKENIZER = "tokenizer.ggml.model";
    private static final String TOKENS = "tokenizer.ggml.tokens";

    private final GgufFile file;
    private final GgufMetadata metadata;
    private final List<GgufFault> faults = new ArrayList<>();

    private ModelRules(GgufFile file) {
        this.file = file;
        this.metadata = file.metadata();
    }

    static List<GgufFault> faults(GgufFile file) {
        ModelRules rules = new ModelRules(file);
        rules.check();
        return rules.faults.stream().limit(MOST_FAULTS).toList();
    }

    private void check() {
        if (file.order() != ByteOrder.LITTLE_ENDIAN) {
            fault(null, "the data of a model must be little-endian; convert the file with gguf_convert_endian.py");
        }
        faults.addAll(file.faults());
        Architecture architecture = keep(this::architecture);
        Integer tokens = keep(this::tokens);
        if (architecture == null) {
            return;
        }
        DecoderSizes sizes = keep(() -> DecoderSizes.of(metadata, architecture.fileName()));
        if (sizes != null && tokens != null) {
            requireTensors(architecture, sizes, tokens);
        }
    }

    private Architecture architecture() {
        String name = metadata.string(ARCHITECTURE);
        Architecture architecture = Architecture.ofName(name);
        if (architecture == null) {
            throw GgufException.of(
                    file.name(),
                    "the architecture must be one that Javelin runs: %s=%s, known: %s",
                    ARCHITECTURE,
                    GgufException.shown(name),
                    Architecture.names());
        }
        return architecture;
    }

    /** The size of the vocabulary. */
    private Integer tokens() {
        String tokenizer = metadata.string(TOKENIZER);
        int tokens = metadata.strings(TOKENS).size();
        if (tokens == 0) {
            throw GgufException.of(file.name(), "the vocabulary must not be empty: key=%s", TOKENS);
        }
        switch (tokenizer) {
            case "gpt2" -> metadata.strings("tokenizer.ggml.merges");
            case "llama" -> {}
            default ->
                throw GgufException.of(
                        file.name(),
                        "the tokenizer must be one that Javelin has: %s=%s, known: gpt2, llama",
                        TOKENIZER,
                        GgufException.shown(tokenizer));
        }
        if (metadata.has("tokenizer.ggml.scores")) {
            requireLength("tokenizer.ggml.scores", metadata.floats("tokenizer.ggml.scores").length, tokens);
        }
        if (metadata.has("tokenizer.ggml.token_type")) {
            requireLength("tokenizer.ggml.token_type", metadata.ints("tokenizer.ggml.token_type").length, tokens);
        }
        return tokens;
    }

    private void requireLength(String key, int length, int tokens) {
        if (length != tokens) {
            throw GgufException.of(
                    file.name(),
                    "there must be a value for each token: key=%s, values=%d, tokens=%d",
                    key,
                    length,
                    tokens);
        }
    }

    private void requireTensors(Architecture architecture, DecoderSizes sizes, long tokens) {
        long width = sizes.width();
        requireTensor("token_embd.weight", List.of(width, tokens));
        for (int i = 0; i < sizes.blocks() && faults.size() < MOST_FAULTS; i++) {
            for (BlockTensors.Row row : architecture.block(sizes, i)) {
                requireTensor("blk." + i + "." + row.name(), row.dims());
            }
        }
        requireTensor("output_norm.weight", List.of(width));
        if (file.tensor("output.weight").isPresent()) { // else the embedding serves as both
            requireTensor("output.weight", List.of(width, tokens));
        }
    }

    private void requireTensor(String name, List<Long> dims) {
        GgufTensor tensor = file.tensor(name).orElse(null);
        if (tensor == null) {
            fault(name, "the model must have the tensor: tensor=" + name + ", dims=" + dims);
        } else if (!tensor.dims().equals(dims)) {
            fault(
                    name,
                    "the tensor must have the shape that the metadata tell: tensor=" + name + ", dims=" + tensor.dims()
                            + ", expected=" + dims);
        } else {
            Format format = tensor.format();
            if (format != null && format.storageOnly()) {
                fault(name, "the format must be one of weights: tensor=" + name + ", format=" + format);
            }
        }
    }

    private <T> @Nullable T keep(Supplier<T> rule) {
        try {
            return rule.get();
        } catch (GgufException broken) {
            faults.add(new GgufFault(null, String.valueOf(broken.getMessage())));
            return null;
        }
    }

    private void fault(@Nullable String tensor, String message) {
        faults.add(new GgufFault(tensor, message + ", file=" + file.name()));
    }
}
