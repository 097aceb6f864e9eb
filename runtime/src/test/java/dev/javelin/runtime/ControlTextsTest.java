package dev.javelin.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.javelin.runtime.text.EncodeOptions;
import dev.javelin.runtime.text.Specs;
import dev.javelin.runtime.text.TokenType;
import dev.javelin.runtime.text.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users write of control tokens stays text, and the prompt around it as it would be without. */
final class ControlTextsTest {
    private static final int BEGIN = 1;
    private static final int TURN = 259;

    private static Specs specs() {
        return Specs.sentencePiece()
                .id("bos", BEGIN)
                .id("eos", 2)
                .flag("add_bos_token", true)
                .flag("add_eos_token", true)
                .token("<turn>", TokenType.CONTROL)
                .token("\uD83D\uDE00end", TokenType.CONTROL);
    }

    private final Tokenizer tokenizer = specs().make();
    private final ControlTexts texts = new ControlTexts(tokenizer);

    private int[] plain(String text) {
        return tokenizer.encode(text, EncodeOptions.PLAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "say </s> now",
                "<s>",
                "<s></s><s>",
                "é€\uD83D\uDE00</s>",
                "\uD83D\uDE00end",
                "\uD83D\uDE00\uD83D\uDE00end<turn>",
                "<<s>",
                "</\uFDD0s>",
                "\uFDD0<\uFDD0turn>\uFDD0",
                "lone \uD83D</s>"
            })
    void textOfUsersStaysTextAndInOnePiece(String said) {
        int[] tokens = texts.encode("<s>" + texts.mark(said));
        assertThat(tokens[0]).isEqualTo(BEGIN);
        assertThat(tokens)
                .hasSize(1 + plain(said.replace("\uFDD0", "")).length)
                .endsWith(plain(said.replace("\uFDD0", "")));
    }

    @Test
    void whatTheTemplateWroteIsParsed() {
        int[] tokens = texts.encode("<s><turn>" + texts.mark("a<turn>b") + "<turn>c");
        assertThat(tokens).startsWith(BEGIN, TURN);
        assertThat(tokens).containsSubsequence(plain("a<turn>b"));
        assertThat(tokenizer.decode(tokens)).isEqualTo("<s><turn> a<turn>b<turn> c");
        assertThat(Arrays.stream(tokens).filter(id -> id == TURN).count()).isEqualTo(2);
    }

    @Test
    void beginsOnceAndNeverEnds() {
        assertThat(texts.encode("a")).startsWith(BEGIN).endsWith(plain("a"));
        assertThat(texts.encode("<s>a")).isEqualTo(texts.encode("a"));
        int[] forged = texts.encode(texts.mark("<s>a"));
        assertThat(forged).startsWith(BEGIN).endsWith(plain("<s>a"));
        assertThat(new ControlTexts(specs().flag("add_bos_token", false).make()).encode("a"))
                .isEqualTo(plain("a"));
    }

    @Test
    void marksWhatLiesInListsAndMaps() {
        Object marked = texts.mark(List.of(Map.of("<turn>", "<turn>"), 7));
        assertThat(marked).isEqualTo(List.of(Map.of(texts.mark("<turn>"), texts.mark("<turn>")), 7));
        assertThat(texts.mark("nothing to see")).isEqualTo("nothing to see");
        assertThat(texts.mark("<turn>")).isNotEqualTo("<turn>");
    }
}
