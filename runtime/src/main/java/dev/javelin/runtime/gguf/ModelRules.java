package dev.javelin.runtime.gguf;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * What a readable file must have to be a model of whatever architecture, one rule after another. What an architecture needs
 * beyond that is known to its family.
 */
final class ModelRules {

    private static final String ARCHITECTURE = "general.architecture";
    private static final String TOKENIZER = "tokenizer.ggml.model";
    private static final String TOKENS = "tokenizer.ggml.tokens";
    private static final String SCORES = "tokenizer.ggml.scores";
    private static final String TYPES = "tokenizer.ggml.token_type";
    private static final List<String> TENSORS = List.of("token_embd.weight", "output_norm.weight");

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
        return List.copyOf(rules.faults);
    }

    private void check() {
        if (file.order() != ByteOrder.LITTLE_ENDIAN) {
            fault("the data of a model must be little-endian: order=" + file.order() + ", file=" + file.name()
                    + "; convert the file with gguf_convert_endian.py");
        }
        faults.addAll(file.faults());
        collect(() -> metadata.string(ARCHITECTURE));
        collect(() -> metadata.string(TOKENIZER));
        collect(this::checkTokens);
        for (String name : TENSORS) {
            if (file.tensor(name).isEmpty()) {
                fault("the model must have the tensor: tensor=" + name + ", file=" + file.name());
            }
        }
    }

    private void checkTokens() {
        int tokens = metadata.strings(TOKENS).size();
        if (tokens == 0) {
            throw GgufException.of(file.name(), "the vocabulary must not be empty: key=%s", TOKENS);
        }
        if (metadata.has(SCORES)) {
            requireLength(SCORES, metadata.floats(SCORES).length, tokens);
        }
        if (metadata.has(TYPES)) {
            requireLength(TYPES, metadata.ints(TYPES).length, tokens);
        }
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

    private void collect(Runnable rule) {
        try {
            rule.run();
        } catch (GgufException broken) {
            fault(String.valueOf(broken.getMessage()));
        }
    }

    private void fault(String message) {
        faults.add(new GgufFault(null, message));
    }
}
