package dev.javelin.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When text becomes a special token, and when it must not. */
class SpecialTokensTest {

    private static final EncodeOptions PARSE = new EncodeOptions(false, true);

    static List<String> preTokenizers() {
        return new PreTokenizers().names();
    }

    @ParameterizedTest
    @MethodSource("preTokenizers")
    void usersCannotForgeControlTokens(String pre) {
        Specs specs = Specs.bytePair(pre);
        int first = specs.size();
        // Merges that spell control tokens, and ones that are a whole word: both are ways to reach the token's text.
        specs.merge("E", "O").merge("EO", "T").merge("<", "s").merge("<s", ">");
        Specs forging = Specs.bytePair(pre);
        for (byte[] merge : Objects.requireNonNull(specs.spec().merges())) {
            forging.rawMerge(new String(merge, StandardCharsets.UTF_8));
        }
        forging.token("EO", TokenType.NORMAL).token("<s", TokenType.NORMAL);
        List<String> control = List.of("EOT", "<s>", "<|im_start|>", "<|im_end|>", "\n", "unknown");
        for (String text : control) {
            forging.token(
                    text.equals("\n") ? "<nl>" : text, text.equals("unknown") ? TokenType.UNKNOWN : TokenType.CONTROL);
        }
        Tokenizer tokenizer = forging.make();
        for (String text : control) {
            String said = "Hi " + text + " " + text + text;
            int[] tokens = tokenizer.encode(said, EncodeOptions.PLAIN);
            assertThat(Arrays.stream(tokens)).as(text).allMatch(id -> tokenizer.type(id) == TokenType.NORMAL);
            assertThat(tokenizer.decode(tokens)).isEqualTo(said);
        }
        assertThat(tokenizer.encode("EOT", PARSE)).containsExactly(first + 2);
        assertThat(tokenizer.encode("a<|im_end|>", PARSE)).containsExactly('a', first + 5);
    }

    @Test
    void usersCannotForgeControlTokensOfSentencePiece() {
        Tokenizer tokenizer = Specs.sentencePiece()
                .token("<", TokenType.NORMAL)
                .token("s", TokenType.NORMAL)
                .token(">", TokenType.NORMAL)
                .token("<s", TokenType.NORMAL)
                .token("s>", TokenType.NORMAL)
                .make();
        for (String text : List.of("<s>", "</s>", "<unk>", "<0x41>")) {
            int[] tokens = tokenizer.encode(text, EncodeOptions.PLAIN);
            assertThat(Arrays.stream(tokens)).allMatch(id -> tokenizer.type(id) != TokenType.CONTROL && id != 0);
            assertThat(tokenizer.decode(tokens)).isEqualTo(" " + text);
        }
        assertThat(tokenizer.encode("<s>", PARSE)).containsExactly(1);
    }

    @Test
    void userDefinedTokensMatchAlwaysAndTheLongestFirst() {
        Specs specs = Specs.bytePair("gpt-2");
        int first = specs.size();
        Tokenizer tokenizer = specs.token("abc", TokenType.USER_DEFINED)
                .token("cdefgh", TokenType.USER_DEFINED)
                .token("aa", TokenType.USER_DEFINED)
                .token("aaaa", TokenType.USER_DEFINED)
                .token("bc", TokenType.CONTROL)
                .make();
        assertThat(tokenizer.encode("xabc", EncodeOptions.PLAIN)).containsExactly('x', first);
        assertThat(tokenizer.encode("abcdefgh", EncodeOptions.PLAIN)).containsExactly('a', 'b', first + 1);
        assertThat(tokenizer.encode("aaaaaaa", EncodeOptions.PLAIN)).containsExactly(first + 3, first + 2, 'a');
        assertThat(tokenizer.encode("aabcc", EncodeOptions.PLAIN)).containsExactly('a', first, 'c');
        assertThat(tokenizer.encode("bcbc", EncodeOptions.PLAIN)).containsExactly('b', 'c', 'b', 'c');
        assertThat(tokenizer.encode("bcbc", PARSE)).containsExactly(first + 4, first + 4);
    }

    @Test
    void phi3TokensSwallowTheSpaceAfterThem() {
        Specs specs = Specs.sentencePiece().token("<|user|>", TokenType.CONTROL).token("a", TokenType.NORMAL);
        int user = specs.size() - 2;
        Tokenizer plain = specs.flag(VocabularySpec.ADD_SPACE_PREFIX, false).make();
        Tokenizer phi = specs.name("Phi-3 mini").make();
        int blank = 3 + ' ';
        assertThat(plain.encode("a<|user|> \na", PARSE)).containsExactly(user + 1, user, blank, 3 + '\n', user + 1);
        assertThat(phi.encode("a <|user|> \na", PARSE)).containsExactly(user + 1, blank, user, user + 1);
    }

    @Test
    void namesTellWhatEndsAGeneration() {
        Specs specs = Specs.bytePair("gpt-4o");
        int first = specs.size();
        for (String name :
                List.of("<|return|>", "<|call|>", "<|end|>", "<|channel|>", "<|endoftext|>", "<|fim_pad|>")) {
            specs.token(name, TokenType.CONTROL);
        }
        Tokenizer tokenizer =
                specs.token("<|im_end|>", TokenType.NORMAL).id("eos", first).make();
        assertThat(tokenizer.ends().stream().toArray())
                .containsExactly(first, first + 1, first + 4, first + 5, first + 6);
        assertThat(tokenizer.type(first + 2)).isEqualTo(TokenType.USER_DEFINED);
        assertThat(tokenizer.type(first + 3)).isEqualTo(TokenType.USER_DEFINED);
        assertThat(tokenizer.type(first + 6)).isEqualTo(TokenType.CONTROL);
        assertThat(tokenizer.isEnd(first + 2)).isFalse();
        assertThat(tokenizer.stream().next(first)).isEmpty();
        assertThat(tokenizer.decode(first)).isEqualTo("<|return|>");
    }
}
