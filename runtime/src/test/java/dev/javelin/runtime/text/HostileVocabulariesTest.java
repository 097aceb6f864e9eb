package dev.javelin.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Vocabularies that are wrong end in one clear error, or do what the documentation says. */
class HostileVocabulariesTest {

    private static void assertRefused(Specs specs, String... parts) {
        assertThatThrownBy(specs::make)
                .isInstanceOf(TokenizerException.class)
                .hasMessageContainingAll(parts)
                .hasMessageContaining("file=test.gguf");
    }

    @Test
    void unknownKindsAreRefusedByName() {
        assertRefused(Specs.empty("t5", null), "value=t5", "gpt2", "llama");
        assertRefused(Specs.bytePair("no-such"), "value=no-such", "qwen2", "llama-bpe");
        assertRefused(Specs.empty("gpt2", null), "tokenizer.ggml.pre");
    }

    @Test
    void tokensMustBeThereAndDiffer() {
        assertRefused(Specs.empty("gpt2", "gpt-2"), "tokens=0");
        assertRefused(Specs.empty("llama", null), "tokens=0");
        assertRefused(Specs.bytePair("gpt-2").token("a", TokenType.NORMAL), "indexes=97 and 256", "token=a");
        Tokenizer empties = Specs.bytePair("gpt-2")
                .token("", TokenType.NORMAL)
                .token("", TokenType.NORMAL)
                .token("", TokenType.CONTROL)
                .make();
        assertThat(empties.encode("abc", EncodeOptions.PROMPT)).containsExactly('a', 'b', 'c');
        assertThat(empties.piece(256)).isEmpty();
    }

    @Test
    void typesAndScoresMustFit() {
        assertRefused(Specs.bytePair("gpt-2").removeType(), "types=255", "tokens=256");
        assertRefused(Specs.bytePair("gpt-2").token(new byte[] {'x', 'y'}, 7, 0), "index=256", "type=7");
        assertRefused(Specs.bytePair("gpt-2").token(new byte[] {'x', 'y'}, -1, 0), "index=256", "type=-1");
        assertRefused(Specs.sentencePiece().removeScore(), "scores=258", "tokens=259");
        assertRefused(Specs.sentencePiece().token("a", TokenType.NORMAL, Float.NaN), "index=259");
        assertRefused(Specs.sentencePiece().token("<0xZZ>", TokenType.BYTE), "index=259", "<0xZZ>");
        Tokenizer infinite = Specs.sentencePiece()
                .token("a", TokenType.NORMAL, Float.NEGATIVE_INFINITY)
                .token("aa", TokenType.NORMAL, Float.POSITIVE_INFINITY)
                .flag(VocabularySpec.ADD_SPACE_PREFIX, false)
                .make();
        assertThat(infinite.encode("aaa", EncodeOptions.PLAIN)).containsExactly(260, 259);
    }

    @Test
    void mergesMayNameWhatIsNoToken() {
        Tokenizer tokenizer = Specs.bytePair("gpt-2")
                .rawMerge("a b")
                .rawMerge("ab c")
                .rawMerge("a b")
                .rawMerge("\u4F60 \u597D")
                .token("abc", TokenType.NORMAL)
                .make();
        assertThat(tokenizer.encode("abc", EncodeOptions.PLAIN)).containsExactly(256);
        assertThat(tokenizer.encode("abd", EncodeOptions.PLAIN)).containsExactly('a', 'b', 'd');
        assertThat(tokenizer.encode("\u00E9ab", EncodeOptions.PLAIN)).containsExactly(0xC3, 0xA9, 'a', 'b');
        assertRefused(Specs.bytePair("gpt-2").rawMerge("ab"), "merges", "index=0");
        assertRefused(Specs.bytePair("gpt-2").rawMerge("a "), "merges", "index=0");
        assertRefused(Specs.bytePair("gpt-2").rawMerge(""), "merges", "index=0");
    }

    @Test
    void idsOutOfRangeAreIgnored() {
        Tokenizer tokenizer = Specs.bytePair("gpt-2")
                .id("bos", 256)
                .id("eos", -1)
                .id("eot", Long.MAX_VALUE)
                .id("unknown", 0xFFFFFFFFL)
                .make();
        assertThat(tokenizer.special("unknown")).isEmpty();
        assertThat(tokenizer.special("eot")).isEmpty();
        assertThat(tokenizer.ends().isEmpty()).isTrue();
        assertRefused(
                Specs.empty("gpt2", "gpt-2").token("a", TokenType.NORMAL).flag(VocabularySpec.ADD_BOS, true),
                "bos_token_id",
                "add_bos_token");
    }

    @Test
    void missingBytesAreUnknownOrLeftOut() {
        Specs specs = Specs.empty("gpt2", "gpt-2").token("a", TokenType.NORMAL).token("b", TokenType.NORMAL);
        assertThat(specs.make().encode("abcab", EncodeOptions.PLAIN)).containsExactly(0, 1, 0, 1);
        specs.token("?", TokenType.UNKNOWN).id("unknown", 2);
        assertThat(specs.make().encode("abcab", EncodeOptions.PLAIN)).containsExactly(0, 1, 2, 0, 1);
        Tokenizer spm = Specs.empty("llama", null)
                .token("<unk>", TokenType.UNKNOWN)
                .token("a", TokenType.NORMAL)
                .flag(VocabularySpec.ADD_SPACE_PREFIX, false)
                .flag(VocabularySpec.ADD_BOS, false)
                .make();
        assertThat(spm.encode("a\u00E9", EncodeOptions.PLAIN)).containsExactly(1, 0, 0);
    }

    @Test
    void specialTextsMayBeHalfACharacter() {
        Tokenizer tokenizer = Specs.bytePair("qwen2")
                .token(new byte[] {(byte) 0xE4}, Specs.number(TokenType.USER_DEFINED), 0)
                .token(new byte[] {(byte) 0xBD, (byte) 0xA0, 'x'}, Specs.number(TokenType.USER_DEFINED), 0)
                .make();
        assertThat(tokenizer.decode(tokenizer.encode("\u4F60\u4F60x\uD83D\uDE00", EncodeOptions.PLAIN)))
                .isEqualTo("\u4F60\u4F60x\uD83D\uDE00");
    }
}
