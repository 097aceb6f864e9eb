package dev.javelin.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.javelin.runtime.gguf.GgufFile;
import dev.javelin.runtime.gguf.GgufMetadata;
import dev.javelin.runtime.gguf.GgufOutput;
import dev.javelin.runtime.text.EncodeOptions;
import dev.javelin.runtime.text.Tokenizer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {
    private static final long SEED = 11;

    @TempDir
    Path folder;

    @Test
    void itIsAsLargeAsAskedFor() {
        for (int size : new int[] {259, 260, 512, 262_144}) {
            List<String> tokens = new Vocabulary(size).tokens();
            assertThat(tokens).hasSize(size);
            assertThat(new HashSet<>(tokens)).hasSize(size);
        }
    }

    @Test
    void itHasAllBytesAtLeast() {
        assertThatThrownBy(() -> new Vocabulary(258)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyTextComesBack() {
        for (String pre : new Shapes()
                .all().stream()
                        .map(shape -> shape.family().preTokenizer())
                        .distinct()
                        .toList()) {
            Tokenizer tokenizer = Tokenizer.of(metadata(pre, 20_000));
            assertComesBack(tokenizer, "");
            assertComesBack(
                    tokenizer,
                    "The quick brown fox\n\n  jumps over 1,234 lazy dogs \u2014 doesn't it?\t\uD83D\uDC36\u00E9");
            assertComesBack(tokenizer, "<|im_start|>user");
            SplittableRandom random = new SplittableRandom(SEED);
            for (int i = 0; i < 50; i++) {
                assertComesBack(tokenizer, randomText(random));
            }
        }
    }

    private static String randomText(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(60); i > 0; i--) {
            int c = random.nextInt(1 << random.nextInt(1, 18));
            text.appendCodePoint(c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE ? c : ' ');
        }
        return text.toString();
    }

    private static void assertComesBack(Tokenizer tokenizer, String text) {
        int[] tokens = tokenizer.encode(text, EncodeOptions.PLAIN);
        assertThat(tokenizer.decode(tokens)).as("seed=%d", SEED).isEqualTo(text);
    }

    @Test
    void wordsTakeFewerTokensThanLetters() {
        Tokenizer tokenizer = Tokenizer.of(metadata("qwen2", 151_936));
        String text = "this is a sentence of common words that nobody was trained on";
        assertThat(tokenizer.encode(text, EncodeOptions.PLAIN).length).isLessThan(text.length() * 2 / 3);
    }

    @Test
    void controlTokensEndATurn() {
        GgufMetadata metadata = metadata("llama-bpe", 512);
        int[] turn = Tokenizer.of(metadata).encode("<|im_start|>user\nhi<|im_end|>", EncodeOptions.PROMPT);
        assertThat(turn).startsWith(510).endsWith(511);
        assertThat(metadata.integer("tokenizer.ggml.eos_token_id")).isEqualTo(511);
        assertThat(metadata.string("tokenizer.chat_template")).contains("<|im_start|>", "<|im_end|>");
    }

    private GgufMetadata metadata(String pre, int size) {
        Path file = folder.resolve(pre + size + ".gguf");
        GgufOutput output = new GgufOutput();
        new Vocabulary(size).describe(pre, output);
        output.write(file, GgufOutput.Listener.NONE);
        try (GgufFile open = GgufFile.open(file)) {
            return open.metadata();
        }
    }
}
