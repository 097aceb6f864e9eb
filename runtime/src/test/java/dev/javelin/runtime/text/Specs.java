package dev.javelin.runtime.text;

import dev.javelin.runtime.gguf.GgufMetadata;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes what files say about tokenizers, for tests: sound, and with the methods of raw parts any other. */
public final class Specs {

    private final List<byte[]> tokens = new ArrayList<>();
    private final List<Integer> types = new ArrayList<>();
    private final List<Float> scores = new ArrayList<>();
    private final List<byte[]> merges = new ArrayList<>();
    private final Map<String, Long> ids = new HashMap<>();
    private final Map<String, Boolean> flags = new HashMap<>();
    private final String model;
    private final @Nullable String pre;
    private String name = "";

    private Specs(String model, @Nullable String pre) {
        this.model = model;
        this.pre = pre;
    }

    /** A vocabulary of byte-level BPE with a token for each byte, in the order of bytes, and nothing else. */
    static Specs bytePair(String pre) {
        Specs specs = new Specs("gpt2", pre);
        ByteAlphabet alphabet = new ByteAlphabet();
        for (int b = 0; b < 256; b++) {
            specs.token(String.valueOf(alphabet.character(b)), TokenType.NORMAL);
        }
        return specs;
    }

    /** A vocabulary of SentencePiece with an unknown token, a begin and an end token and one for each byte. */
    public static Specs sentencePiece() {
        Specs specs = new Specs("llama", "default")
                .token("<unk>", TokenType.UNKNOWN)
                .token("<s>", TokenType.CONTROL)
                .token("</s>", TokenType.CONTROL);
        for (int b = 0; b < 256; b++) {
            specs.token(String.format(Locale.ROOT, "<0x%02X>", b), TokenType.BYTE);
        }
        return specs;
    }

    static Specs empty(String model, @Nullable String pre) {
        return new Specs(model, pre);
    }

    /** The tokenizer of a file, with other switches. */
    static Tokenizer tokenizer(GgufMetadata metadata, @Nullable String pre, @Nullable Boolean spacePrefix) {
        VocabularySpec read = VocabularySpec.read(metadata);
        Map<String, Boolean> flags = new HashMap<>(read.flags());
        if (spacePrefix != null) {
            flags.put(VocabularySpec.ADD_SPACE_PREFIX, spacePrefix);
        }
        return TokenizerFactory.make(new VocabularySpec(
                read.file(),
                read.model(),
                pre != null ? pre : read.pre(),
                read.name(),
                read.architecture(),
                read.tokens(),
                read.types(),
                read.scores(),
                read.merges(),
                read.ids(),
                flags));
    }

    public Specs token(String text, TokenType type) {
        return token(text.getBytes(StandardCharsets.UTF_8), number(type), 0);
    }

    Specs token(String text, TokenType type, float score) {
        return token(text.getBytes(StandardCharsets.UTF_8), number(type), score);
    }

    Specs token(byte[] text, int type, float score) {
        tokens.add(text);
        types.add(type);
        scores.add(score);
        return this;
    }

    /** Adds a merge, and the token that it makes unless it is there. */
    Specs merge(String left, String right) {
        rawMerge(left + " " + right);
        byte[] both = (left + right).getBytes(StandardCharsets.UTF_8);
        boolean known = tokens.stream().anyMatch(token -> Arrays.equals(token, both));
        return known ? this : token(both, number(TokenType.NORMAL), 0);
    }

    Specs rawMerge(String merge) {
        merges.add(merge.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public Specs id(String role, long id) {
        ids.put(role, id);
        return this;
    }

    public Specs flag(String flag, boolean value) {
        flags.put(flag, value);
        return this;
    }

    Specs name(String value) {
        name = value;
        return this;
    }

    Specs removeScore() {
        scores.removeLast();
        return this;
    }

    Specs removeType() {
        types.removeLast();
        return this;
    }

    /** How a file writes a type. */
    static int number(TokenType type) {
        return List.of(TokenType.values()).indexOf(type);
    }

    int size() {
        return tokens.size();
    }

    VocabularySpec spec() {
        float[] floats = new float[scores.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = scores.get(i);
        }
        return new VocabularySpec(
                "test.gguf",
                model,
                pre,
                name,
                "test",
                tokens,
                IntBuffer.wrap(types.stream().mapToInt(type -> type).toArray()),
                FloatBuffer.wrap(floats),
                merges,
                ids,
                flags);
    }

    public Tokenizer make() {
        return TokenizerFactory.make(spec());
    }
}
