package dev.javelin.runtime.text;

import dev.javelin.runtime.gguf.GgufMetadata;
import dev.javelin.runtime.gguf.GgufStrings;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file says about its tokenizer, read but not yet checked.
 *
 * @param file for messages
 * @param model the kind of tokenizer
 * @param pre the name of the pre-tokenizer
 * @param name the name of the model
 * @param architecture the family of the model
 * @param ids special tokens by the part of their key before {@code _token_id}
 * @param flags switches by the last part of their key
 */
record VocabularySpec(
        String file,
        String model,
        @Nullable String pre,
        String name,
        String architecture,
        List<byte[]> tokens,
        @Nullable IntBuffer types,
        @Nullable FloatBuffer scores,
        @Nullable List<byte[]> merges,
        Map<String, Long> ids,
        Map<String, Boolean> flags) {

    static final String PREFIX = "tokenizer.ggml.";
    static final String ADD_BOS = "add_bos_token";
    static final String ADD_EOS = "add_eos_token";
    static final String ADD_SPACE_PREFIX = "add_space_prefix";

    private static final String ID = "_token_id";

    static VocabularySpec read(GgufMetadata metadata) {
        Map<String, Long> ids = new HashMap<>();
        for (String key : metadata.keys()) {
            if (key.startsWith(PREFIX) && key.endsWith(ID)) {
                ids.put(key.substring(PREFIX.length(), key.length() - ID.length()), metadata.integer(key));
            }
        }
        Map<String, Boolean> flags = new HashMap<>();
        for (String flag : List.of(ADD_BOS, ADD_EOS, ADD_SPACE_PREFIX)) {
            metadata.optionalBool(PREFIX + flag).ifPresent(value -> flags.put(flag, value));
        }
        String types = PREFIX + "token_type";
        String scores = PREFIX + "scores";
        String merges = PREFIX + "merges";
        return new VocabularySpec(
                metadata.file(),
                metadata.string(PREFIX + "model"),
                metadata.optionalString(PREFIX + "pre").orElse(null),
                metadata.optionalString("general.name").orElse(""),
                metadata.optionalString("general.architecture").orElse(""),
                bytes(metadata.strings(PREFIX + "tokens")),
                metadata.has(types) ? IntBuffer.wrap(metadata.ints(types)) : null,
                metadata.has(scores) ? FloatBuffer.wrap(metadata.floats(scores)) : null,
                metadata.has(merges) ? bytes(metadata.strings(merges)) : null,
                ids,
                flags);
    }

    private static List<byte[]> bytes(GgufStrings strings) {
        List<byte[]> all = new ArrayList<>(strings.size());
        for (int i = 0; i < strings.size(); i++) {
            all.add(strings.bytes(i));
        }
        return all;
    }

    boolean flag(String flag, boolean otherwise) {
        return flags.getOrDefault(flag, otherwise);
    }

    TokenizerException fail(String message, Object... arguments) {
        return TokenizerException.of(file, message, arguments);
    }
}
